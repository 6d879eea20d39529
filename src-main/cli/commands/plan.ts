/** `auxlab plan schema` and `auxlab plan check`. A plan that lies in a file may be larger than a call, so it is handed over as it is. */
import { defineCommand, jsonOption } from '../command.ts';
import { withLab } from '../context.ts';

export const planSchema = defineCommand({
  name: 'plan schema',
  usage: '',
  help: 'Print the JSON Schema of plan files, for editors; it is generated from the checks themselves.',
  positionals: [0, 0],
  options: {},
  run: async (_, context) => {
    const { planJsonSchema } = await import('../../lab/plan/planSchema.ts');
    context.terminal.print(JSON.stringify(planJsonSchema(), null, 2));
    return 0;
  },
});

export const planCheck = defineCommand({
  name: 'plan check',
  usage: 'PLAN [--json]',
  help: 'Check a plan file against its data without training; --json prints it with every default filled in.',
  positionals: [1, 1],
  options: jsonOption,
  run: async ({ positionals: [file = ''], options }, context) => {
    const { readPlanFile } = await import('../../lab/plan/planFile.ts');
    const plan = await readPlanFile(file, context.folder);
    return withLab(context, async (lab) => {
      const checked = await lab.checkPlan(plan);
      const runs = (checked.arms.length + 1) * checked.repeats;
      context.terminal.print(
        options.json
          ? JSON.stringify(checked, null, 2)
          : `The plan fits its data: ${checked.arms.length + 1} arms, ${checked.repeats} pairs, ` +
              `${runs} runs of ${checked.training.epochs} epochs on network ${checked.network.id ?? '(default)'}.`,
      );
      return 0;
    });
  },
});
