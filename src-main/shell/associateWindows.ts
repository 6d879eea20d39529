/** Ties .auxlab files to the program that runs now in Windows' registry, and undoes it, for this person only.
 *  Not run there yet: only the argument lists are tested. */
import { LabError } from '../contract/errors.ts';
import type { Association, Associations, Place } from './association.ts';
import { namesAuxlab, offSentence, registryAdditions, registryProgram, registryQuestions, registryRemovals } from './fileAssociation.ts';
import { ended } from './runProgram.ts';

export function inRegistry({ environment, command }: Place): Associations {
  const program = registryProgram(environment);
  const state = async (): Promise<Association> => {
    const answers = await Promise.all(registryQuestions.map((words) => ended(program, words, environment)));
    const isOn = answers.every(({ code }) => code === 0) && namesAuxlab(answers[0]?.text ?? '');
    return { canChange: true, isOn, sentence: isOn ? 'Files that end in .auxlab are registered to open with Auxlab.' : offSentence };
  };
  return {
    state,
    async set(isOn) {
      if (!isOn && !(await state()).isOn) return state();
      for (const words of isOn ? registryAdditions(command) : registryRemovals) {
        const { code, text } = await ended(program, words, environment);
        if (code !== 0)
          throw new LabError('bad-input', `The registry cannot be changed: ${text.trim() === '' ? `${program} ended with ${code}` : text.trim()}`);
      }
      return state();
    },
  };
}
