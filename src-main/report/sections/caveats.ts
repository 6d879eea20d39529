/** Everything the lab warned about, and what an experiment of this kind cannot show. */
import type { ReportBlock } from '../../contract/blocks.ts';
import { auxiliaryArms } from '../arms.ts';
import type { Section } from '../section.ts';

export const caveatsSection: Section = {
  id: 'caveats',
  title: 'Warnings and limits',
  appliesTo: () => true,
  blocks({ experiment }) {
    const warnings = experiment.warnings.map((text): ReportBlock => ({ kind: 'warning', text: [text] }));
    const several = auxiliaryArms(experiment).length > 1;
    return [
      ...warnings,
      {
        kind: 'list',
        items: [
          ['Seeds measure training noise on one split. The interval does not include what another split or a newly collected data set would change.'],
          ['The interval assumes that differences scatter like a bell curve around their mean. The exact sign-flip p beside it does not.'],
          ['A gain at this size of data, network and training time need not hold at another.'],
          ...(several
            ? [
                [
                  'Several arms share one baseline. Adjusted p values are Holm’s; ' +
                    'adjusted intervals are Bonferroni’s, at a confidence of 95 % for all arms together.',
                ],
              ]
            : []),
          ['Extending an experiment after a look at its verdict makes a lucky verdict a little likelier. The number of pairs planned and run is stated above.'],
        ],
      },
    ];
  },
};
