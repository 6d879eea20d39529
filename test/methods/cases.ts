/** Gradients of tasks for the property tests, from simple to hostile, and short runs of a method over them. */
import { checkParams } from '../../src-main/contract/params.ts';
import { Stream } from '../../src-main/contract/random.ts';
import type { Method, MethodUpdate } from '../../src-main/methods/method.ts';
import { oneStep, type Measured } from '../../src-main/methods/oneStep.ts';

export type Jacobian = readonly (readonly number[])[];

export interface Case {
  readonly name: string;
  readonly jacobian: Jacobian;
}

export function gramianOf(jacobian: Jacobian): number[][] {
  return jacobian.map((a) => jacobian.map((b) => a.reduce((total, value, i) => total + value * (b[i] ?? 0), 0)));
}

export function randomJacobian(seed: number, tasks: number, columns: number): number[][] {
  const stream = new Stream(seed, 'test/jacobian');
  return Array.from({ length: tasks }, () => Array.from({ length: columns }, () => stream.normal()));
}

const scaled = (jacobian: Jacobian, factors: readonly number[]): number[][] =>
  jacobian.map((row, i) => row.map((value) => value * (factors[i] ?? factors[0] ?? 1)));

const three = [
  [1, 0.5, -0.25, 2],
  [-1, 0.25, 0.75, 0.5],
  [0.1, -2, 0.3, -0.7],
];

export const conflict = [
  [-4, 1, 1],
  [6, 1, 1],
];

export const zeroAuxiliary = [
  [1, 2, 3],
  [0, 0, 0],
];

/** Matrices of moderate size and full rank. */
export const regular: readonly Case[] = [
  {
    name: 'two that conflict',
    jacobian: [
      [-4, 1, 1],
      [6, 1, 1],
    ],
  },
  {
    name: 'two that agree',
    jacobian: [
      [1, 2, 0],
      [2, 1, 1],
    ],
  },
  { name: 'three', jacobian: three },
  {
    name: 'a main task against two',
    jacobian: [
      [1, 0, 0],
      [-0.5, 1, 0],
      [-0.2, -0.9, 0.4],
    ],
  },
  {
    name: 'lengths 1 and 94',
    jacobian: [
      [1, 0, 0],
      [-50, 80, 10],
    ],
  },
  ...[2, 3, 4, 5].flatMap((tasks) =>
    [1, 2].map((seed) => ({ name: `${tasks} random tasks, seed ${seed}`, jacobian: randomJacobian(seed * 10 + tasks, tasks, 7) })),
  ),
];

/** Matrices without full rank. */
export const degenerate: readonly Case[] = [
  {
    name: 'a zero auxiliary',
    jacobian: [
      [1, 2, 3],
      [0, 0, 0],
    ],
  },
  {
    name: 'a zero auxiliary among three',
    jacobian: [
      [1, 2, 3],
      [0, 0, 0],
      [-1, 2, 0.5],
    ],
  },
  {
    name: 'a zero main gradient',
    jacobian: [
      [0, 0, 0],
      [1, 2, 3],
      [-2, 1, 1],
    ],
  },
  {
    name: 'all zero',
    jacobian: [
      [0, 0],
      [0, 0],
      [0, 0],
    ],
  },
  {
    name: 'two identical',
    jacobian: [
      [1, 2, 3],
      [1, 2, 3],
    ],
  },
  {
    name: 'three identical',
    jacobian: [
      [1, 2, 3],
      [1, 2, 3],
      [1, 2, 3],
    ],
  },
  {
    name: 'two identical auxiliaries',
    jacobian: [
      [1, 2, 3],
      [-1, 0.3, 0],
      [-1, 0.3, 0],
    ],
  },
  {
    name: 'two opposite',
    jacobian: [
      [1, 0],
      [-1, 0],
    ],
  },
  {
    name: 'an auxiliary opposite to the main task among three',
    jacobian: [
      [1, 0, 0],
      [-3, 0, 0],
      [0.5, 1, 0],
    ],
  },
  {
    name: 'a sum of the others',
    jacobian: [
      [1, 0.5, -0.25],
      [0.3, 1, 2],
      [1.3, 1.5, 1.75],
    ],
  },
  {
    name: 'three that cancel',
    jacobian: [
      [1, 0.5, -0.25],
      [0.3, 1, 2],
      [-1.3, -1.5, -1.75],
    ],
  },
  { name: 'five tasks in two dimensions', jacobian: randomJacobian(3, 5, 2) },
];

/** Scales from 1e-10 to 1e10, alone and mixed. */
export const extreme: readonly Case[] = [
  ...[1e-10, 1e-5, 1e5, 1e10].map((factor) => ({ name: `three tasks times ${factor}`, jacobian: scaled(three, [factor]) })),
  { name: 'a tiny auxiliary', jacobian: scaled(three, [1, 1e-10, 1]) },
  { name: 'a huge auxiliary', jacobian: scaled(three, [1, 1e10, 1]) },
  { name: 'a tiny main task beside a huge auxiliary', jacobian: scaled(three, [1e-10, 1e10, 1]) },
  {
    name: 'two opposite, one huge',
    jacobian: [
      [1, 0],
      [-1e10, 0],
    ],
  },
];

/** Gramians as single precision leaves them: no longer positive semidefinite, cosines past 1. */
export const rounded: readonly { readonly name: string; readonly gramian: number[][] }[] = [...regular, ...degenerate].map(({ name, jacobian }, index) => {
  const stream = new Stream(index, 'test/rounding');
  const gramian = gramianOf(jacobian);
  gramian.forEach((row, i) => {
    for (let j = 0; j <= i; j++) {
      const size = Math.sqrt((gramian[i]?.[i] ?? 0) * (gramian[j]?.[j] ?? 0));
      const value = Math.fround(row[j] ?? 0) + 1e-6 * size * stream.normal();
      row[j] = value;
      const mirror = gramian[j];
      if (mirror !== undefined) mirror[i] = value;
    }
  });
  return { name, gramian };
});

/** Losses of one step: positive, different for each task and step. */
export function lossesAt(step: number, tasks: number, scale = 1): number[] {
  const stream = new Stream(step, 'test/losses');
  return Array.from({ length: tasks }, (_, task) => scale * (0.2 + stream.uniform()) * (task + 1));
}

/** What is measured in a step of a run in which an epoch has four steps. */
export function seenAt(step: number, gramian: readonly (readonly number[])[], lossScale = 1): Measured {
  const tasks = gramian.length;
  const epoch = Math.floor(step / 4);
  const losses = lossesAt(step, tasks, lossScale);
  return {
    step,
    epoch,
    losses,
    epochLosses: Array.from({ length: epoch }, (_, index) => lossesAt(1000 + index, tasks, lossScale)),
    gramian,
    lossesAfter: losses.map((loss, task) => loss * (0.9 + 0.05 * task)),
    lookAhead: { rate: 0.1, epsilon: 0.01, plus: losses.map((loss, task) => loss * (1 + 0.01 * (task - 1.5))), minus: losses.map((loss) => loss * 0.999) },
  };
}

/** The same step with other tasks or another order: `choose` is applied to every list that has one entry a task. */
export function withTasks(seen: Measured, choose: <T>(values: readonly T[]) => T[]): Measured {
  const { gramian = [], lossesAfter = [], lookAhead } = seen;
  return {
    ...seen,
    losses: choose(seen.losses),
    epochLosses: seen.epochLosses.map(choose),
    gramian: choose(gramian).map(choose),
    lossesAfter: choose(lossesAfter),
    ...(lookAhead !== undefined && { lookAhead: { ...lookAhead, plus: choose(lookAhead.plus), minus: choose(lookAhead.minus) } }),
  };
}

export function uniforms(step: number): () => number {
  const stream = new Stream(5, 'test/method', step);
  return () => stream.uniform();
}

/** Some steps of a method from a state, each with the numbers of its own step. */
export function run<State>(
  method: Method<State>,
  state: State,
  steps: readonly Measured[],
  given: Readonly<Record<string, unknown>> = {},
): MethodUpdate<State>[] {
  const params = checkParams(`method ${method.id}`, method.params, given);
  const updates: MethodUpdate<State>[] = [];
  let current = state;
  for (const seen of steps) {
    const update = oneStep(method, current, seen, params, () => uniforms(seen.step));
    updates.push(update);
    current = update.state;
  }
  return updates;
}

export function start<State>(method: Method<State>, tasks: number, given: Readonly<Record<string, unknown>> = {}): State {
  return method.init(tasks, checkParams(`method ${method.id}`, method.params, given));
}

export function steps(count: number, gramian: readonly (readonly number[])[], lossScale = 1): Measured[] {
  return Array.from({ length: count }, (_, step) => seenAt(step, gramian, lossScale));
}

/** Weights of one step from a fresh state, with ones as losses. */
export function weigh<State>(method: Method<State>, jacobian: Jacobian, given: Readonly<Record<string, unknown>> = {}): number[] {
  const gramian = gramianOf(jacobian);
  const seen: Measured = { step: 0, epoch: 0, losses: jacobian.map(() => 1), epochLosses: [], gramian };
  return [...(run(method, start(method, jacobian.length, given), [seen], given)[0]?.weights ?? [])];
}

/** <d, g_i> for each task i. */
export function progress(weights: readonly number[], gramian: readonly (readonly number[])[]): number[] {
  return gramian.map((row) => row.reduce((total, value, j) => total + value * (weights[j] ?? 0), 0));
}
