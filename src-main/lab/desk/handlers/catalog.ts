/** Answers about what an experiment can be made of. */
import type { CallOutput } from '../../../contract/calls.ts';
import { LabError } from '../../../contract/errors.ts';
import { checkParams, type ParamSpecs } from '../../../contract/params.ts';
import { advices } from '../../../methods/advisor.ts';
import { methods } from '../../../methods/index.ts';
import { describeHead, describeTrunk } from '../../../networks/describe.ts';
import { network, networks } from '../../../networks/index.ts';
import { depthNames } from '../../../networks/network.ts';
import { lossesOf } from '../../../vocabulary/losses/index.ts';
import { metricsOf, usualMetric } from '../../../vocabulary/metrics/index.ts';
import { optimizers } from '../../../vocabulary/optimizers/index.ts';
import { rateSchedules } from '../../../vocabulary/rateSchedules/index.ts';
import { taskKindIds, taskKinds } from '../../../vocabulary/taskKinds.ts';
import { weightSchedules } from '../../../vocabulary/weightSchedules/index.ts';
import { exactShape } from '../../plan/inspect.ts';
import type { Handlers } from './handlers.ts';

type Specs = CallOutput<'catalog.methods'>[number]['params'];
type Named = CallOutput<'catalog.training'>['schedules'][number];

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
      taskKindIds.map((id) => ({
        id,
        title: taskKinds[id].title,
        losses: [...lossesOf(id)],
        metrics: [...metricsOf(id)],
        defaultMetric: usualMetric(id),
      })),
    'catalog.training': () => ({
      schedules: weightSchedules.map(named),
      optimizers: optimizers.map(named),
      learningRates: rateSchedules.map(named),
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

function named({ id, title, help, params }: Omit<Named, 'params'> & { readonly params: ParamSpecs }): Named {
  return { id, title, help, params: plain(params) };
}
