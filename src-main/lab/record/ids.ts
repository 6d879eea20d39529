/** Names of experiments and runs: short, in the order of time, and safe in file names, shells and SQL. */
import { randomInt } from 'node:crypto';

const letters = 'abcdefghjkmnpqrstuvwxyz23456789'; // without i, l, o, 0 and 1, which are mistaken for each other

/** '261124-153012-k7qf': UTC date and time, then four random characters against two starts in one second. */
export function experimentId(now: Date, randomBelow: (limit: number) => number = (limit) => randomInt(limit)): string {
  const digits = now.toISOString().replace(/\D/g, '');
  const suffix = Array.from({ length: 4 }, () => letters[randomBelow(letters.length)] ?? '').join('');
  return `${digits.slice(2, 8)}-${digits.slice(8, 14)}-${suffix}`;
}

export function runId(experiment: string, arm: string, seed: number): string {
  return `${experiment}-${arm}-${seed}`;
}
