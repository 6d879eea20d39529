/** The command that repeats the experiment, and the plan that it runs. */
import type { Section } from '../section.ts';

const again =
  'This command trains the same pairs again. With the same data digest, versions, device and environment it ends with the same weights, bit for bit.';
const againImported =
  'This command trains the plan that came with the file on this computer, and opens the data that the plan names. ' +
  'With the same data digest, versions, device and environment it ends with the weights that the file tells of, bit for bit.';

export const repeatSection: Section = {
  id: 'repeat',
  title: 'How to repeat this',
  appliesTo: () => true,
  blocks({ experiment }) {
    return [
      {
        kind: 'text',
        paragraphs: [[experiment.imported === null ? again : againImported]],
      },
      { kind: 'code', language: 'shell', text: experiment.provenance.command },
      { kind: 'text', paragraphs: [['The complete plan, as a file for ', { kind: 'code', text: 'auxlab run' }, ':']] },
      { kind: 'code', language: 'json', text: JSON.stringify(experiment.plan, null, 2) },
    ];
  },
};
