/** Pictures that do not decode: a few are left out and named, many refuse the set. */
import { LabError } from '../../contract/errors.ts';

export interface BadImage {
  readonly path: string; // inside the data folder
  readonly reason: string; // a half sentence
}

const shownImages = 20;
const [mostShare, mostInSmallSets] = [0.05, 10];

/** @param root names the data set
 *  @returns what to say; nothing when all pictures are good
 *  @throws LabError when more than 5 % (and more than 10), or half of them, are bad */
export function badImageNotes(root: string, bad: readonly BadImage[], count: number): string[] {
  if (bad.length === 0) return [];
  const list = bad.slice(0, shownImages).map(({ path, reason }) => `${path} (${reason})`);
  const more = bad.length > list.length ? ` and ${bad.length - list.length} more` : '';
  const named = `${list.join(', ')}${more}`;
  const what = `${bad.length} of ${count} ${count === 1 ? 'image does' : 'images do'} not decode`;
  if (bad.length * 2 >= count || bad.length > Math.max(mostInSmallSets, mostShare * count))
    throw new LabError('bad-input', `${root}: ${what}: ${named}. At most 5 % (or 10, but fewer than half) are left out. Mend or remove these files.`);
  return [`${what} and ${bad.length === 1 ? 'was' : 'were'} left out: ${named}.`];
}
