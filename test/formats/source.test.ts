import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'vitest';
import { openSource } from '../../src-main/formats/index.ts';
import { readBytes } from '../../src-main/formats/source.ts';
import { leftOut } from '../support/leftOut.ts';
import { expectRefusal, temporaryFolder } from './support.ts';

const { root } = temporaryFolder();

test(
  'a pipe in the place of a file is refused at once, and not waited for',
  leftOut(process.platform === 'win32' ? 'Windows has no pipes among its files.' : null),
  async () => {
    execFileSync('mkfifo', [join(root, 'data.csv'), join(root, 'pictures.npz')]);
    for (const name of ['data.csv', 'pictures.npz']) {
      await expectRefusal(openSource(join(root, name)), `${join(root, name)} is neither a file nor a folder.`);
      await expectRefusal(readBytes(join(root, name)), `${join(root, name)} is neither a file nor a folder.`);
    }
  },
);
