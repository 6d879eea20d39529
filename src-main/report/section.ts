/** A report section: which experiments it concerns and what it says about them. */
import type { ReportBlock } from '../contract/blocks.ts';
import type { ReportInput } from '../contract/results.ts';

export interface Section {
  readonly id: string;
  readonly title: string;
  appliesTo(input: ReportInput): boolean;
  blocks(input: ReportInput): readonly ReportBlock[];
}
