/** What the auxiliary loss costs in training, and that it costs nothing in the deployed network. */
import type { ReportBlock } from '../../contract/blocks.ts';
import type { ArmDocument, RunDocument } from '../../contract/results.ts';
import { moments } from '../../stats/paired.ts';
import { armCell, armNumber, finishedRuns, orderedArms, usualStepMs } from '../arms.ts';
import type { Section } from '../section.ts';
import { digitsFor, formatDuration, formatNumber, missing } from '../words.ts';

export const costSection: Section = {
  id: 'cost',
  title: 'Cost',
  appliesTo: ({ experiment }) => experiment.arms.some((arm) => finishedRuns(arm).length > 0),
  blocks({ experiment }) {
    const arms = orderedArms(experiment).filter((arm) => finishedRuns(arm).length > 0);
    const steps = arms.flatMap((arm) => {
      const usual = usualStepMs(arm);
      return usual === null ? [] : [{ label: arm.title, arm: armNumber(experiment, arm.id), value: usual }];
    });
    const digits = digitsFor(Math.min(...steps.map(({ value }) => value)));
    const blocks: ReportBlock[] = [];
    if (steps.length > 0) {
      blocks.push({
        kind: 'bar-chart',
        title: 'Time per training step',
        description: steps.map(({ label, value }) => `${label}: ${formatNumber(value, digits)} ms.`).join(' '),
        note: 'Median step of a run, median over the runs.',
        axis: 'Milliseconds per step',
        style: { digits, unit: 'ms' },
        bars: steps,
      });
    }
    blocks.push({
      kind: 'table',
      caption: 'Cost of training and size of the network',
      columns: [
        { title: 'Arm' },
        { title: 'Step', align: 'right' },
        { title: 'Overhead', align: 'right' },
        { title: 'Training time a run', align: 'right' },
        { title: 'All runs', align: 'right' },
        { title: 'Parameters in training', align: 'right' },
        { title: 'Deployed', align: 'right' },
      ],
      rows: arms.map((arm) => {
        const overhead = experiment.comparisons.find((comparison) => comparison.arm === arm.id)?.overheadPercent;
        const runs = finishedRuns(arm);
        const parameters = runs.find((run) => run.parameters !== null)?.parameters;
        const step = usualStepMs(arm);
        return [
          armCell(experiment, arm),
          { text: step === null ? missing : `${formatNumber(step, digits)} ms` },
          { text: arm.role === 'baseline' ? '' : overhead === null || overhead === undefined ? missing : `${formatNumber(overhead, 1, true)} %` },
          { text: formatDuration(meanOf(arm, ({ wallMs }) => wallMs)) },
          { text: formatDuration(runs.reduce((total, { wallMs }) => total + wallMs, 0)) },
          { text: formatNumber(parameters?.total, 0) },
          { text: formatNumber(parameters?.deployed, 0) },
        ];
      }),
    });
    return blocks;
  },
};

function meanOf(arm: ArmDocument, value: (run: RunDocument) => number | null): number | null {
  const values = finishedRuns(arm)
    .map(value)
    .filter((number): number is number => number !== null && Number.isFinite(number));
  return values.length === 0 ? null : moments(values).mean;
}
