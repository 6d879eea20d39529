/** What a report is made of: a closed union of data, drawn by the HTML, Markdown and window renderers alike. No markup in any text. */
import type { Verdict } from './results.ts';

/** A run of text. Plain strings are plain text, whatever characters they hold. */
export type Span = string | { readonly kind: 'strong' | 'emphasis' | 'code'; readonly text: string };
export type Paragraph = readonly Span[];

/** 0 is the baseline (neutral grey-blue), 1 and up the auxiliary arms; an arm keeps its number in every chart. */
export type ArmNumber = number;

/** How numbers of a chart or column read: decimals fixed, unit put after the number. */
export interface NumberStyle {
  readonly digits: number;
  readonly unit: string; // '%', 'points', 'ms'; empty for none
  readonly signed?: boolean; // differences carry + or -
}

export interface HeadingBlock {
  readonly kind: 'heading'; // inside a section, below its title
  readonly text: string;
}

export interface TextBlock {
  readonly kind: 'text';
  readonly paragraphs: readonly Paragraph[];
  readonly quiet?: boolean; // a note beside the matter: methods, definitions
}

export interface ListBlock {
  readonly kind: 'list';
  readonly items: readonly Paragraph[];
}

export interface Fact {
  readonly label: string;
  readonly value: string;
  readonly note?: string;
}

export interface VerdictBlock {
  readonly kind: 'verdict';
  readonly verdict: Verdict;
  readonly word: string; // 'Probably helps'
  readonly arm: ArmNumber;
  readonly armTitle: string;
  readonly sentence: Paragraph;
  // null: too early
  readonly interval: { readonly mean: number; readonly low: number; readonly high: number; readonly margin: number; readonly style: NumberStyle } | null;
  readonly facts: readonly Fact[];
  readonly caveats: readonly string[];
  readonly nextStep: Paragraph;
}

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right'; // default left
  readonly code?: boolean; // hashes, ids
}

export interface Cell {
  readonly text: string;
  readonly arm?: ArmNumber; // marked with the arm's colour and sign
  readonly strong?: boolean;
}

export interface TableBlock {
  readonly kind: 'table';
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

export type Point = readonly [x: number, y: number];

export interface LineSeries {
  readonly label: string;
  readonly arm: ArmNumber;
  readonly role: 'main' | 'thin'; // thin: one run, faint
  readonly dashed?: boolean;
  readonly points: readonly Point[]; // ascending in x
  readonly band?: readonly (readonly [x: number, low: number, high: number])[];
}

interface ChartBase {
  readonly title: string;
  readonly description: string; // what it shows, for people who do not see it
  readonly note?: string; // how to read it, under the chart
}

export interface LineChartBlock extends ChartBase {
  readonly kind: 'line-chart';
  readonly x: string;
  readonly y: string;
  readonly xDigits?: number;
  readonly style: NumberStyle;
  readonly logY?: boolean;
  readonly series: readonly LineSeries[];
}

/** One dot a pair, mean and interval, the margin as a band around the zero line. */
export interface PairedDifferenceBlock extends ChartBase {
  readonly kind: 'paired-difference-chart';
  readonly axis: string;
  readonly style: NumberStyle;
  readonly margin: number;
  readonly arms: readonly {
    readonly arm: ArmNumber;
    readonly title: string;
    readonly dots: readonly { readonly label: string; readonly value: number }[];
    readonly mean: number;
    readonly low: number;
    readonly high: number;
    readonly adjusted?: { readonly low: number; readonly high: number };
  }[];
}

/** One line a pair from the baseline's value to the arm's. */
export interface SlopeChartBlock extends ChartBase {
  readonly kind: 'slope-chart';
  readonly y: string;
  readonly style: NumberStyle;
  readonly left: { readonly arm: ArmNumber; readonly title: string };
  readonly right: { readonly arm: ArmNumber; readonly title: string };
  readonly higherIsBetter: boolean;
  readonly pairs: readonly { readonly label: string; readonly left: number; readonly right: number }[];
}

export interface BarChartBlock extends ChartBase {
  readonly kind: 'bar-chart';
  readonly axis: string;
  readonly style: NumberStyle;
  readonly bars: readonly { readonly label: string; readonly arm: ArmNumber; readonly value: number; readonly low?: number; readonly high?: number }[];
}

export interface CodeBlock {
  readonly kind: 'code';
  readonly language: 'shell' | 'json' | 'text';
  readonly text: string;
}

export interface KeyValueBlock {
  readonly kind: 'key-value';
  readonly caption: string;
  readonly entries: readonly { readonly key: string; readonly value: string; readonly code?: boolean }[];
}

export interface WarningBlock {
  readonly kind: 'warning';
  readonly text: Paragraph;
}

export type ChartBlock = LineChartBlock | PairedDifferenceBlock | SlopeChartBlock | BarChartBlock;
export type ReportBlock = HeadingBlock | TextBlock | ListBlock | VerdictBlock | TableBlock | ChartBlock | CodeBlock | KeyValueBlock | WarningBlock;

export interface ReportSection {
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly ReportBlock[];
}

export interface Report {
  readonly title: string;
  readonly subtitle: string;
  readonly created: string; // UTC ISO 8601
  readonly sections: readonly ReportSection[];
}
