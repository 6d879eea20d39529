/** Prints what a run of the suite and a second one of what it left out come to. Ends with code 1 when a test
 *  failed or the first run did not get to its tests. */
import { existsSync } from 'node:fs';
import { readOutcome, summed, writtenLines, type Outcome } from './outcome.ts';

const [first = '', second = ''] = process.argv.slice(2);
const notTested: Outcome = { passed: 0, failed: 1, leftOut: [] }; // types, lint or the set-up stopped it
const before = existsSync(first) ? readOutcome(first) : notTested;
const outcome = existsSync(second) ? summed(before, readOutcome(second)) : before;
process.stdout.write(`${writtenLines(outcome).join('\n')}\n`);
process.exitCode = outcome.failed > 0 ? 1 : 0;
