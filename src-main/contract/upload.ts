/** How a browser hands files to `auxlab serve`: begin, then every file in pieces, then end, which answers with a source for data.inspect. Used by both
 *  sides; all requests carry the page's cookie and are refused from elsewhere. */
import * as v from 'valibot';
import { fromWire } from './errors.ts';
import { Reply } from './wire.ts';

export const uploadPath = '/upload';

export const uploadLimits = {
  files: 200_000,
  totalBytes: 2048 * 1024 * 1024,
  pieceBytes: 8 * 1024 * 1024,
  manifestBytes: 32 * 1024 * 1024, // names of all files
  pathLength: 1024,
} as const;

/** POST /upload. `path` is 'cars.csv', or 'flowers/rose/1.png' for a folder that was dropped. */
export const UploadManifest = v.strictObject({
  files: v.pipe(
    v.array(
      v.strictObject({
        path: v.pipe(v.string(), v.minLength(1), v.maxLength(uploadLimits.pathLength)),
        size: v.pipe(v.number(), v.integer(), v.minValue(0)),
      }),
    ),
    v.minLength(1, 'An upload needs at least one file.'),
    v.maxLength(uploadLimits.files, `An upload has at most ${uploadLimits.files} files.`),
  ),
});
export type UploadManifest = v.InferOutput<typeof UploadManifest>;

export const UploadBegun = v.object({ id: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,64}$/)) });
export const UploadEnded = v.object({ source: v.string() });

/** The part of a browser's Blob that is used. */
export interface Piece {
  readonly size: number;
  slice(from: number, to: number): Piece;
}

/** The part of a browser's fetch that is used. */
export type SendRequest = (
  address: string,
  request: { readonly method: string; readonly body?: unknown; readonly signal?: unknown },
) => Promise<{ json(): Promise<unknown> }>;

/** Sends files one after the other.
 *  @param send the page's fetch    @param onProgress bytes sent of all bytes
 *  @returns the source    @throws LabError with the server's sentence; whatever `send` throws when it is aborted or the server is gone */
export async function uploadFiles(
  files: readonly { readonly path: string; readonly content: Piece }[],
  send: SendRequest,
  onProgress: (sent: number, total: number) => void,
  signal?: unknown,
): Promise<string> {
  const post = async <T>(schema: v.GenericSchema<unknown, T>, address: string, body: unknown, method = 'POST'): Promise<T> => {
    const reply = v.parse(Reply, await (await send(address, { method, body, ...(signal === undefined ? {} : { signal }) })).json());
    if (!reply.ok) throw fromWire(reply.error);
    return v.parse(schema, reply.value);
  };
  const total = files.reduce((sum, { content }) => sum + content.size, 0);
  const manifest: UploadManifest = { files: files.map(({ path, content }) => ({ path, size: content.size })) };
  const { id } = await post(UploadBegun, uploadPath, JSON.stringify(manifest));
  let sent = 0;
  for (const [at, { content }] of files.entries()) {
    for (let from = 0; from < content.size; from += uploadLimits.pieceBytes) {
      const to = Math.min(content.size, from + uploadLimits.pieceBytes);
      await post(v.object({}), `${uploadPath}/${id}/${at}?offset=${from}`, content.slice(from, to), 'PUT');
      sent += to - from;
      onProgress(sent, total);
    }
  }
  return (await post(UploadEnded, `${uploadPath}/${id}/end`, '')).source;
}
