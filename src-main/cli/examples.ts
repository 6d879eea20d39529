/** The examples, the first one first. A new one is a plan file in resources/examples and an entry here; what its sentences claim has been measured with
 *  several seeds. */
import { fileURLToPath } from 'node:url';

export interface Example {
  readonly id: string;
  readonly title: string;
  readonly lesson: string; // two sentences, before it trains
  readonly file: string; // in resources/examples
  readonly takes: string; // on two cores
}

export const examples: readonly [Example, ...Example[]] = [
  {
    id: 'deep',
    title: 'Intermediate heads in a deep, narrow network',
    lesson:
      'Twenty layers of 32 units are too deep to learn well when the loss is felt at their end alone. ' +
      'Three intermediate classifiers, dropped after training, bring it to the layers below, as in GoogLeNet: do they help this network to read digits?',
    file: 'digits-deep.json',
    takes: 'half a minute, or a minute without TensorFlow',
  },
  {
    id: 'inception',
    title: 'Two intermediate heads in a small Inception network, with little data',
    lesson:
      'GoogLeNet was trained with two intermediate classifiers; this small Inception network tells clothes apart after a few hundred images, ' +
      'without and with two of them. Do they help here too, where the network learns without them as well?',
    file: 'fashion-heads.json',
    takes: 'two minutes; without TensorFlow hours, because convolutions are slow in JavaScript',
  },
  {
    id: 'crowded',
    title: 'An auxiliary task that takes the room of the main one',
    lesson:
      'A single layer of 8 units has little room, and the auxiliary task "odd or even" is weighted three times as much as the digit itself. ' +
      'An auxiliary loss can hurt: how much does this one cost?',
    file: 'digits-crowded.json',
    takes: 'fifteen seconds, with or without TensorFlow',
  },
];

/** Its plan's absolute path. */
export function planOf({ file }: Example): string {
  return fileURLToPath(new URL(`../../resources/examples/${file}`, import.meta.url));
}
