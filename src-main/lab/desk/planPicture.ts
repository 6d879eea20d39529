/** A checked plan as a person should see it before it runs: what is asked, of what size the networks are, how long it may take. */
import type { CallOutput } from '../../contract/calls.ts';
import { checkParams } from '../../contract/params.ts';
import type { Plan } from '../../contract/plan.ts';
import { describeHead, describeTrunk, type LayerPicture } from '../../networks/describe.ts';
import { network as networkById } from '../../networks/index.ts';
import type { Trunk } from '../../networks/network.ts';
import type { TaskJob } from '../../engine/protocol.ts';
import { scheduleText } from '../../vocabulary/weightSchedules/index.ts';
import type { Design, DesignArm } from '../../contract/design.ts';
import { shareMachine, workloadOf, type Machine } from '../run/sharing.ts';
import { estimate, type Measured } from './estimate.ts';

export type PlanPicture = CallOutput<'plans.check'>;

/** @param measured step times of runs like these that the store has */
export function planPicture(plan: Plan, design: Design, machine: Machine, isGpu: boolean, measured: Measured): PlanPicture {
  const { network, input } = design;
  const definition = networkById(network.id);
  const trunk = definition.build(input, checkParams(`network ${network.id}`, definition.params, network.params));
  const trunkPicture = describeTrunk(trunk);
  const sizes = design.arms.map((arm) => armSize(trunk, trunkPicture.stages, arm, (task) => outputsOf(design, task)));
  const stepsPerRun = stepsOf(plan, design.parts.train);
  const runs = design.arms.length * plan.repeats;
  const sharing = shareMachine(plan.engine, workloadOf(design, runs, isGpu), machine);
  return {
    plan,
    parts: { train: design.parts.train, validation: design.parts.validation, test: design.parts.test },
    network: { id: network.id, inputShape: [...trunkPicture.inputShape], outputShape: [...trunkPicture.outputShape] },
    arms: design.arms.map((arm, at) => ({
      id: arm.id,
      role: arm.role,
      method: arm.role === 'baseline' ? 'none' : arm.method.id,
      parameters: sizes[at]?.parameters ?? 0,
      tasks: arm.tasks.map((task) => ({
        id: task.id,
        target: task.target,
        kind: task.kind,
        depth: task.depth,
        weight: task.weight,
        schedule: scheduleText(task.schedule),
        outputs: outputsOf(design, task),
      })),
    })),
    warnings: [...design.warnings],
    estimate: estimate({
      runs,
      stepsPerRun,
      epochs: plan.training.epochs,
      repeats: plan.repeats,
      batch: plan.training.batch,
      rows: design.parts,
      multiplications: sizes.map((size) => size.multiplications),
      parameters: design.parameters,
      workers: sharing.workers,
      threads: sharing.threads,
      isGpu,
      series: design.arms.reduce((most, arm) => Math.max(most, arm.tasks.length), 1),
      logEvery: plan.training.logEvery,
      measured,
    }),
  };
}

export function stepsOf({ training }: Plan, trainRows: number): number {
  const all = training.epochs * Math.ceil(trainRows / training.batch);
  return training.maxSteps === undefined ? all : Math.min(all, training.maxSteps);
}

function outputsOf(design: Design, task: TaskJob): number {
  return task.kind === 'classification' ? (design.classes[task.target]?.length ?? 1) : 1;
}

/** Trained parameters of an arm, and the multiplications of one forward pass of one row. */
function armSize(
  trunk: Trunk,
  stages: readonly LayerPicture[],
  arm: DesignArm,
  outputs: (task: TaskJob) => number,
): { readonly parameters: number; readonly multiplications: number } {
  const heads = arm.tasks.map((task, at) => describeHead(trunk, task.depth, outputs(task), `heads/${at}`));
  const layers = [...stages, ...heads];
  return {
    parameters: layers.reduce((sum, layer) => sum + layer.parameters.trained, 0),
    multiplications: layers.reduce((sum, layer) => sum + multiplicationsOf(layer), 0),
  };
}

/** A kernel is used once at every place of the output; an LSTM's or GRU's at every time step. */
function multiplicationsOf(layer: LayerPicture): number {
  if (layer.children.length > 0) return layer.children.reduce((sum, child) => sum + multiplicationsOf(child), 0);
  const places =
    layer.outputShape.length === 3 ? (layer.outputShape[0] ?? 1) * (layer.outputShape[1] ?? 1) : layer.inputShape.length === 2 ? (layer.inputShape[0] ?? 1) : 1;
  return layer.parameters.trained * places;
}
