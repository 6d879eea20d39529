/** A report section: which experiments it concerns and what it says about them. */
import type { ReportBlock } from '../contract/blocks.ts';
import type { ReportInput } from '../contract/results.ts';

export interface Section {
  readonly id: string;
  readonly title: string;
  appliesTo(input: ReportInput): boolean;
  blocks(input: ReportInput): readonly ReportBlock[];
}

/** What a section says; null where it has nothing to say. One that fails says so in its own place and leaves the others standing. */
export function sectionBlocks(section: Section, input: ReportInput): readonly ReportBlock[] | null {
  try {
    return section.appliesTo(input) ? section.blocks(input) : null;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [{ kind: 'warning', text: [`"${section.title}" cannot be shown because of an error in Auxlab: ${reason}`] }];
  }
}
