/** What a plan made of an arm's task, as tables of the report and the CSV file tell it: a fact is told everywhere by its line here. */
import type { TaskDocument } from '../contract/results.ts';
import { missing, plainNumber } from './words.ts';

export interface TaskFact {
  readonly column: string; // of the CSV file
  readonly title: string; // of the report's tables
  readonly align?: 'right';
  readonly value: (task: TaskDocument) => string | number | null;
  readonly words: (task: TaskDocument) => string;
}

export const taskFacts: readonly TaskFact[] = [
  { column: 'kind', title: 'Kind', value: ({ kind }) => kind, words: ({ kind }) => kind },
  { column: 'depth', title: 'Head at', value: ({ depth }) => depth, words: ({ depth }) => depth },
  { column: 'weight', title: 'Weight', align: 'right', value: ({ weight }) => weight, words: weightWords },
  { column: 'schedule', title: 'Schedule', value: ({ schedule }) => schedule, words: scheduleWords },
];

/** '0.3', '0.3, left alone by the method', '0.3, factor 0.1 to 2' */
function weightWords({ weight, balanced, bounds }: TaskDocument): string {
  if (weight === null) return missing;
  if (!balanced) return `${plainNumber(weight)}, left alone by the method`;
  return bounds === null ? plainNumber(weight) : `${plainNumber(weight)}, factor ${plainNumber(bounds.min)} to ${plainNumber(bounds.max)}`;
}

function scheduleWords({ schedule }: TaskDocument): string {
  return schedule ?? 'constant';
}

/** 'weight 0.3, curriculum from 2 to 5' */
export function plannedWeight(task: TaskDocument): string {
  return `${task.weight === null ? '' : `weight ${plainNumber(task.weight)}, `}${scheduleWords(task)}`;
}
