/** What to try first against a symptom, for the terminal. */
import { advice, advices } from '../../methods/advisor.ts';
import type { Advice } from '../../methods/advisor.ts';
import { definitionList, wrapText } from './table.ts';
import { program } from '../../contract/programName.ts';

/** @param symptom the id of a symptom, or 'list' for all of them   @throws LabError bad-input with the nearest ids */
export function adviceText(symptom: string, width: number, json: boolean): string {
  if (symptom === 'list') {
    if (json) return JSON.stringify(advices, null, 2);
    return [
      definitionList(
        advices.map((each) => [each.id, each.symptom]),
        width,
      ),
      '',
      'More on one of them: auxlab methods --advice SYMPTOM',
    ].join('\n');
  }
  const found = advice(symptom);
  return json ? JSON.stringify(found, null, 2) : oneText(found, width);
}

function oneText(found: Advice, width: number): string {
  return [
    wrapText(found.symptom, width),
    '',
    wrapText(`Signs: ${found.signs}`, width),
    wrapText(`Try first: ${found.first.join(', ')}`, width),
    wrapText(`Why: ${found.why}`, width),
    ...(found.avoid === '' ? [] : [wrapText(`Avoid: ${found.avoid}`, width)]),
    '',
    wrapText(
      `A comparison says which of them helps: ${program} compare DATA --main TARGET --aux TARGET ${found.first.map((id) => `--method ${id}`).join(' ')}`,
      width,
    ),
  ].join('\n');
}
