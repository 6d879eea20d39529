/** Where the numbers come from: versions, data, split, seeds, device, and the environment that changes the bits. */
import type { Section } from '../section.ts';
import { counted, formatNumber } from '../words.ts';

export const provenanceSection: Section = {
  id: 'provenance',
  title: 'Provenance',
  appliesTo: () => true,
  blocks({ experiment }) {
    const { provenance, engine, imported } = experiment;
    const { data } = provenance;
    const { split } = data;
    const environment = Object.entries({ ...provenance.environment, ...provenance.host }).map(([key, value]) => ({ key, value, code: true }));
    return [
      {
        kind: 'key-value',
        caption: 'Origin of this report',
        entries: [
          { key: 'Experiment', value: experiment.experimentId, code: true },
          { key: 'Started', value: timeText(provenance.created) },
          ...(imported === null ? [] : [{ key: 'Imported', value: `${timeText(imported)}, from a file; what follows is as that file says it` }]),
          { key: 'Auxlab', value: provenance.auxlab },
          {
            key: 'Engine',
            value:
              engine === null
                ? 'not started'
                : `${engine.backend} ${engine.version}, ${engine.captured ? 'captured' : 'eager'} steps, ${counted(engine.threads, 'thread')} a run`,
          },
          { key: 'Device', value: engine === null ? '–' : engine.device },
          { key: 'Processor', value: provenance.cpu },
          { key: 'System', value: `${provenance.platform}, Node ${provenance.node}` },
          { key: 'Data', value: `${data.source}, ${counted(data.rows, 'row')}` },
          { key: 'Data digest', value: data.digest, code: true },
          {
            key: 'Split',
            value: `${formatNumber(split.train, 0)} training, ${formatNumber(split.validation, 0)} validation, ${formatNumber(split.test, 0)} test`,
          },
          { key: 'Split digest', value: split.digest, code: true },
          { key: 'Seeds', value: provenance.seeds.join(', ') },
        ],
      },
      ...(environment.length === 0 ? [] : [{ kind: 'key-value' as const, caption: 'Environment variables that change the bits', entries: environment }]),
    ];
  },
};

function timeText(time: string): string {
  return time.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC');
}
