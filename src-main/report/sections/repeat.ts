/** The command that repeats the experiment, and the plan that it runs. */
import type { Section } from '../section.ts';

export const repeatSection: Section = {
  id: 'repeat',
  title: 'How to repeat this',
  appliesTo: () => true,
  blocks({ experiment }) {
    return [
      {
        kind: 'text',
        paragraphs: [
          ['This command trains the same pairs again. With the same data digest, versions, device and environment it ends with the same weights, bit for bit.'],
        ],
      },
      { kind: 'code', language: 'shell', text: experiment.provenance.command },
      { kind: 'text', paragraphs: [['The complete plan, as a file for ', { kind: 'code', text: 'auxlab run' }, ':']] },
      { kind: 'code', language: 'json', text: JSON.stringify(experiment.plan, null, 2) },
    ];
  },
};
