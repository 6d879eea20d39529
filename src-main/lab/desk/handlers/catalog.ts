/** Answers about what an experiment can be made of. */
import type { CallOutput } from '../../../contract/calls.ts';
import { LabError } from '../../../contract/errors.ts';
import { checkParams, type ParamSpecs } from '../../../contract/params.ts';
import { learningRateSpecs, optimizerSpecs, scheduleSpecs } from '../../../contract/trainingParams.ts';
import { advices } from '../../../methods/advisor.ts';
import { methods } from '../../../methods/index.ts';
import { describeHead, describeTrunk } from '../../../networks/describe.ts';
import { network, networks } from '../../../networks/index.ts';
import { depthNames } from '../../../networks/network.ts';
import { taskKinds } from '../../../tasks/index.ts';
import { exactShape } from '../../inspect.ts';
import type { Handlers } from './handlers.ts';

type Specs = CallOutput<'catalog.methods'>[number]['params'];
type Named = CallOutput<'catalog.training'>['schedules'][number];

const schedules: readonly Omit<Named, 'params'>[] = [
  { id: 'constant', title: 'Constant', help: 'The same weight from the first step to the last.' },
  { id: 'curriculum', title: 'Curriculum', help: 'Only the main task at first, then a ramp up to the full weight.' },
  { id: 'linear-decay', title: 'Linear decay', help: 'The full weight at first, then evenly down to 0: the auxiliary helps the start.' },
  { id: 'cosine-decay', title: 'Cosine decay', help: 'As linear decay, along a half cosine.' },
  { id: 'gated', title: 'Gated', help: 'Grows while the main validation metric improves and shrinks when it worsens.' },
];
const optimizers: readonly Omit<Named, 'params'>[] = [
  { id: 'adam', title: 'Adam', help: 'Each parameter has its own step size; a good first choice.' },
  { id: 'adamw', title: 'AdamW', help: 'Adam with decoupled weight decay.' },
  { id: 'sgd', title: 'SGD', help: 'The plain gradient.' },
  { id: 'momentum', title: 'Momentum', help: 'SGD that keeps a share of its last step.' },
  { id: 'rmsprop', title: 'RMSProp', help: 'Divides by a running size of the gradient.' },
  { id: 'adagrad', title: 'Adagrad', help: 'Steps shrink for parameters that have moved much.' },
];
const learningRates: readonly Omit<Named, 'params'>[] = [
  { id: 'constant', title: 'Constant', help: 'One rate, after a warm-up if there is one.' },
  { id: 'cosine', title: 'Cosine', help: 'Falls along a half cosine to its floor.' },
  { id: 'step', title: 'Step', help: 'Drops by a factor every so many epochs.' },
];

export function catalogHandlers(): Handlers<'catalog'> {
  return {
    'catalog.methods': () =>
      methods.map(({ id, title, paper, summary, whenToUse, formula, traps, cost, needs, params }) => ({
        id,
        title,
        paper,
        summary,
        whenToUse,
        formula,
        traps: [...traps],
        cost,
        needs,
        params: plain(params),
      })),
    'catalog.advice': () => advices.map((advice) => ({ ...advice, first: [...advice.first] })),
    'catalog.networks': () =>
      networks.map(({ id, title, summary, paper, inputs, minimumSide, params }) => ({
        id,
        title,
        summary,
        paper,
        inputs: [...inputs],
        minimumSide,
        params: plain(params),
      })),
    'catalog.tasks': () =>
      Object.values(taskKinds).map(({ id, title, losses, metricIds, defaultMetric }) => ({
        id,
        title,
        losses: [...losses],
        metrics: [...metricIds],
        defaultMetric,
      })),
    'catalog.training': () => ({
      schedules: named(schedules, scheduleSpecs),
      optimizers: named(optimizers, optimizerSpecs),
      learningRates: named(learningRates, learningRateSpecs),
      repeats: [
        { pairs: 3, title: 'A look', help: 'Three pairs show what the curves look like. They never give a verdict.' },
        { pairs: 6, title: 'Standard', help: 'Six pairs find a difference of about 1.4 standard deviations with 80 % power.' },
        { pairs: 12, title: 'Strong', help: 'Twelve pairs find a difference of about 0.9 standard deviations with 80 % power.' },
      ],
    }),
    'catalog.network': ({ id, params, input, heads }) => {
      const definition = network(id);
      const checked = checkParams(`network ${id}`, definition.params, params);
      const trunk = definition.build(exactShape(input), checked);
      const depths = depthNames(trunk);
      for (const { depth } of heads)
        if (depth !== 'end' && !depths.includes(depth))
          throw new LabError('bad-input', `Network ${id} has no depth "${depth}". There are: ${[...depths, 'end'].join(', ')}.`);
      const picture = describeTrunk(trunk);
      const counts = Array.from({ length: Math.min(4, depths.length) }, (_, i) => i + 1);
      return {
        id,
        inputShape: picture.inputShape,
        outputShape: picture.outputShape,
        depths,
        suggested: Object.fromEntries(counts.map((count) => [String(count), trunk.suggestedDepths(count)])),
        parameters: picture.parameters,
        stages: picture.stages.map(({ depth, ...layer }) => ({ depth, layer })),
        heads: heads.map((head, at) => ({ id: head.id, depth: head.depth, layer: describeHead(trunk, head.depth, head.outputs, `heads/${at}`) })),
      };
    },
  };
}

function plain(specs: ParamSpecs): Specs {
  return specs as Specs; // the same data; the contract's type is the one without readonly
}

function named(entries: readonly Omit<Named, 'params'>[], specs: Readonly<Record<string, ParamSpecs>>): Named[] {
  return entries.map((entry) => ({ ...entry, params: plain(specs[entry.id] ?? {}) }));
}
