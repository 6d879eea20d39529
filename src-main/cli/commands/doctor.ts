/** `auxlab doctor`: whether this machine has what Auxlab needs. Asked itself and not by a call: it has to say what is wrong where no store can be opened. */
import { defineCommand, jsonOption } from '../command.ts';
import { paint } from '../output/terminal.ts';

export const doctor = defineCommand({
  name: 'doctor',
  usage: '[--json]',
  help: 'Look at the machine, the data directory and the runtimes, and say what is missing and what to do.',
  positionals: [0, 0],
  options: jsonOption,
  run: async ({ options }, context) => {
    const { doctor: examine } = await import('../../runtime/doctor.ts');
    const { checks } = await examine(context.home, { env: context.env, signal: context.signal });
    if (options.json) {
      context.terminal.print(JSON.stringify({ checks }, null, 2));
      return 0;
    }
    const width = Math.max(...checks.map(({ title }) => title.length));
    for (const { title, ok, detail, advice } of checks) {
      const word = ok ? paint(context.terminal.colour, 'green', 'ok  ') : paint(context.terminal.colour, 'red', 'look');
      context.terminal.print(`${word}  ${title.padEnd(width)}  ${detail.trim()}`);
      if (advice !== undefined) context.terminal.print(`      ${' '.repeat(width)}  ${advice}`);
    }
    return 0;
  },
});
