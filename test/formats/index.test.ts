import { describe, expect, test } from 'vitest';
import { formats, openSource } from '../../src-main/formats/index.ts';
import { expectRefusal, temporaryFolder } from './support.ts';

const { write } = temporaryFolder();

describe('formats', () => {
  test('every format has a name of its own and says what its files look like', () => {
    expect(formats.map(({ id }) => id)).toEqual(['idx', 'npz', 'ts', 'image-folder', 'csv']);
    for (const { title, help, extensions } of formats) {
      expect(title.length).toBeGreaterThan(3);
      expect(help).toMatch(/\.$/);
      expect(extensions.length).toBeGreaterThan(0);
    }
  });

  test('a file of no known kind is refused with the kinds that there are', async () => {
    const path = write('model.h5', 'x');
    await expectRefusal(
      openSource(path),
      `${path} is of no known data format. There are: IDX images and labels (-ubyte, -ubyte.gz, .idx, .idx.gz); ` +
        'NumPy arrays (.npz, .npy); UEA/UCR time series (.ts); Folder of images (.zip); ' +
        'CSV or TSV table (.csv, .tsv, .tab, .txt, .data, .csv.gz, .tsv.gz). Set the option format when the name misleads.',
    );
  });

  test('TypeScript is no time series', async () => {
    await expect(openSource(write('program.ts', 'export const x = 1;\n'))).rejects.toThrow('is of no known data format');
  });

  test('a told format is used whatever the name, and an unknown one is refused with the nearest', async () => {
    const path = write('table.h5', 'a,b\n1,2\n');
    expect((await openSource(path, { format: 'csv' })).rows).toBe(1);
    await expectRefusal(openSource(path, { format: 'image-folders' }), 'Unknown data format "image-folders". Did you mean image-folder?');
    await expectRefusal(openSource(path, { format: 'parquet' }), 'Unknown data format "parquet". There are: idx, npz, ts, image-folder, csv.');
  });
});
