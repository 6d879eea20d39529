/** Every run of the experiment, finished or not, pair by pair. */
import type { Cell, ReportBlock } from '../../contract/blocks.ts';
import type { ExperimentDocument, RunDocument } from '../../contract/results.ts';
import { armCell, orderedArms } from '../arms.ts';
import type { Section } from '../section.ts';
import { formatDuration, formatNumber, formatStyled, mainMetric, missing, type MainMetric } from '../words.ts';

export const runsSection: Section = {
  id: 'runs',
  title: 'All runs',
  appliesTo: ({ experiment }) => experiment.arms.some(({ runs }) => runs.length > 0),
  blocks({ experiment }) {
    const metric = mainMetric(experiment);
    const rows = orderedArms(experiment)
      .flatMap((arm, place) => arm.runs.map((run) => ({ arm, run, place })))
      .sort((a, b) => a.run.seed - b.run.seed || a.place - b.place);
    const failures = rows.filter(({ run }) => run.error !== undefined && run.error !== '');
    return [
      {
        kind: 'table',
        caption: `All ${rows.length} runs, by seed. Equal hashes mean equal weights, bit for bit`,
        columns: [
          { title: 'Seed', align: 'right' },
          { title: 'Arm' },
          { title: 'Status' },
          { title: 'Selected epoch', align: 'right' },
          { title: `Validation ${metric.name}`, align: 'right' },
          { title: `Test ${metric.name}`, align: 'right' },
          { title: 'Time', align: 'right' },
          { title: 'Weights (SHA-256)', code: true },
        ],
        rows: rows.map(({ arm, run }) => [{ text: String(run.seed) }, armCell(experiment, arm), ...runCells(run, experiment, metric)]),
      },
      ...failures.map(({ arm, run }): ReportBlock => ({
        kind: 'warning',
        text: [{ kind: 'strong', text: `${arm.title}, seed ${run.seed}` }, `, ${run.status}: ${run.error ?? ''}`],
      })),
    ];
  },
};

function runCells(run: RunDocument, experiment: ExperimentDocument, metric: MainMetric): Cell[] {
  const value = (metrics: RunDocument['test']): string => {
    const stored = metrics['main']?.[experiment.metric];
    return stored === undefined ? missing : formatStyled(stored * metric.scale, { ...metric.valueStyle, digits: metric.valueStyle.digits + 1 });
  };
  return [
    { text: run.status },
    { text: run.selectedEpoch === null ? missing : `${formatNumber(run.selectedEpoch, 0)} of 0 to ${formatNumber(run.epochs - 1, 0)}` },
    { text: value(run.validation) },
    { text: value(run.test) },
    { text: run.wallMs > 0 ? formatDuration(run.wallMs) : missing },
    { text: run.finalWeightsSha256?.slice(0, 12) ?? missing },
  ];
}
