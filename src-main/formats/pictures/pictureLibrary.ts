/** The library that decodes pictures. It is loaded with the first of them: that takes longer than reading a small table. */
import type sharp from 'sharp';

let library: Promise<typeof sharp> | null = null;

export function pictureLibrary(): Promise<typeof sharp> {
  library ??= import('sharp').then((loaded) => {
    loaded.default.cache(false); // pipelines have nothing in common that it could keep
    return loaded.default;
  });
  return library;
}
