/** The report: its sections in reading order. A new section is one file in sections/ and one line here. */
import type { Report } from '../contract/blocks.ts';
import type { ReportInput } from '../contract/results.ts';
import { mainTask } from './arms.ts';
import { sectionBlocks, type Section } from './section.ts';
import { caveatsSection } from './sections/caveats.ts';
import { classesSection } from './sections/classes.ts';
import { costSection } from './sections/cost.ts';
import { curvesSection } from './sections/curves.ts';
import { gradientsSection } from './sections/gradients.ts';
import { lossesSection } from './sections/losses.ts';
import { notesSection } from './sections/notes.ts';
import { overfittingSection } from './sections/overfitting.ts';
import { pairsSection } from './sections/pairs.ts';
import { provenanceSection } from './sections/provenance.ts';
import { repeatSection } from './sections/repeat.ts';
import { runsSection } from './sections/runs.ts';
import { settingsSection } from './sections/settings.ts';
import { tasksSection } from './sections/tasks.ts';
import { verdictSection } from './sections/verdict.ts';
import { weightsSection } from './sections/weights.ts';

export const sections: readonly Section[] = [
  verdictSection,
  notesSection,
  pairsSection,
  curvesSection,
  weightsSection,
  gradientsSection,
  lossesSection,
  tasksSection,
  classesSection,
  overfittingSection,
  costSection,
  runsSection,
  settingsSection,
  provenanceSection,
  caveatsSection,
  repeatSection,
];

/** Everything an experiment has to say, as data for any renderer. */
export function buildReport(input: ReportInput, of: readonly Section[] = sections): Report {
  const { experiment } = input;
  const { provenance } = experiment;
  const target = mainTask(experiment)?.target ?? experiment.plan.main.target;
  return {
    title: experiment.name,
    subtitle: `${target} in ${provenance.data.source}, ${provenance.created.slice(0, 10)}`,
    created: provenance.created,
    sections: of.flatMap((section) => {
      const blocks = sectionBlocks(section, input);
      return blocks === null ? [] : [{ id: section.id, title: section.title, blocks }];
    }),
  };
}
