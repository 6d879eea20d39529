/** npm run readme: writes the README's lists anew where the code's own have changed. `npm test` does it before it looks at the format. */
import { readFileSync, writeFileSync } from 'node:fs';
import { withLists } from './readmeLists.ts';

const file = new URL('../README.md', import.meta.url);
const before = readFileSync(file, 'utf8');
const after = await withLists(before);
if (after !== before) {
  writeFileSync(file, after);
  process.stdout.write('README.md has other lists now: look at them and commit it.\n');
}
