/** Answers about experiments before they run, and the drafts that people leave on their desk. */
import { LabError } from '../../../contract/errors.ts';
import type { PlanInput } from '../../../contract/plan.ts';
import { activeRuntime } from '../../../runtime/registry.ts';
import { planCommand } from '../planCommand.ts';
import { checkPlanShape } from '../../plan/planShape.ts';
import { readPlanFile } from '../../plan/planFile.ts';
import { readAndResolve } from '../../run/prepare.ts';
import { resolvePlan } from '../../plan/resolvePlan.ts';
import { planPicture, type PlanPicture } from '../planPicture.ts';
import { suggestPlan } from '../suggest.ts';
import * as v from 'valibot';
import { Plan } from '../../../contract/plan.ts';
import type { Design } from '../../../contract/design.ts';
import { designOf, readDraftContent } from '../../record/stored.ts';
import type { Measured } from '../estimate.ts';
import type { DeskParts, Handlers } from './handlers.ts';

/** null for what cannot be read: an experiment that is damaged must not stand in the way of another. */
function readable<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof LabError) return null;
    throw error;
  }
}

export function planHandlers({ store, context, work, settings }: DeskParts): Handlers<'plans' | 'drafts'> {
  const isGpu = async (): Promise<boolean> => {
    // The run itself refuses a wrong runtime
    const runtime = await activeRuntime(context.home, { env: context.environment, preferred: settings().preferredRuntime ?? undefined }).catch(() => null);
    return runtime?.record?.selfTest?.device === 'GPU';
  };
  const measuredFor = (plan: Plan, design: Design): Measured => {
    const like = store.experiments
      .all()
      .slice(0, 50)
      .filter((row) => {
        if (row.imported !== null) return false; // measured on another computer
        const other = readable(() => designOf(row));
        if (other === null) return false;
        const same = other.data.digest === design.data.digest && other.training.batch === plan.training.batch;
        return same && JSON.stringify(other.network) === JSON.stringify(design.network);
      });
    const steps = like
      .flatMap((row) => store.runs.of(row.id))
      .flatMap(({ step_ms: ms }) => (ms === null ? [] : [ms]))
      .sort((a, b) => a - b);
    return { sameStepMs: steps[Math.floor(steps.length / 2)] ?? null, runs: steps.length };
  };
  return {
    'plans.suggest': ({ data, main, job }) =>
      work.run(job, 'Suggesting a design', async (_, signal) => {
        const dataset = await context.data.read(data, signal);
        const { split, ...rest } = data;
        const { plan, sentence } = suggestPlan(dataset, { ...rest, source: dataset.source, ...(split === undefined ? {} : { split }) }, main);
        const checked = v.parse(Plan, plan);
        return { plan: resolvePlan(checked, dataset, split !== undefined).plan, sentence };
      }),
    'plans.check': ({ plan, job }) =>
      work.run(job, 'Checking the plan', async (_, signal): Promise<PlanPicture> => {
        const resolved = await readAndResolve(plan, context, { signal });
        return planPicture(resolved.plan, resolved.design, context.machine(), await isGpu(), measuredFor(resolved.plan, resolved.design));
      }),
    'plans.command': ({ plan }) => planCommand(checkPlanShape(plan, 'The plan')),
    'plans.read': async ({ path }) => {
      const plan: PlanInput = await readPlanFile(path, process.cwd());
      return { plan: v.parse(Plan, plan) };
    },
    'drafts.list': () => store.desk.drafts.all(),
    'drafts.get': ({ id }) => {
      const draft = store.desk.drafts.get(id);
      if (draft === undefined) throw new LabError('not-found', 'This draft is no longer there. It may have been run or removed in another window.');
      return { ...draft, content: readDraftContent(draft) };
    },
    'drafts.save': ({ id, name, content }) => {
      const saved = context.clock.now().toISOString();
      store.desk.drafts.save({ id, name, content: JSON.stringify(content), saved });
      return { saved };
    },
    'drafts.remove': ({ id }) => {
      store.desk.drafts.remove(id);
      return {};
    },
  };
}
