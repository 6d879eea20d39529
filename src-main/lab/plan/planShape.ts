/** Checks a value against the plan's schema and says in one sentence what is wrong: the key, what it must be, what came. Knows nothing of the data. */
import * as v from 'valibot';
import { LabError, nearestNames } from '../../contract/errors.ts';
import { Plan } from '../../contract/plan.ts';
import type { PlanInput } from '../../contract/plan.ts';
import { keysAt } from './schemaKeys.ts';

/** @param where begins the sentence: 'Plan digits.json'
 *  @returns the value itself, defaults not filled in    @throws LabError bad-input */
export function checkPlanShape(value: unknown, where: string): PlanInput {
  if (Array.isArray(value)) throw new LabError('bad-input', `${where}: ${notAPlan(value)}`); // valibot takes a list for an object
  const result = v.safeParse(Plan, value);
  if (result.success) return value as PlanInput; // the schema accepted it
  const [first] = [...result.issues].sort((a, b) => rank(a) - rank(b));
  throw new LabError('bad-input', `${where}: ${sentenceOf(deepest(first ?? result.issues[0]))}`, { cause: new v.ValiError(result.issues) });
}

type Issue = v.BaseIssue<unknown>;

/** An unknown key is the likeliest reason for whatever else is missing, so it is told first. */
function rank(issue: Issue): number {
  return isUnknownKey(issue) ? 0 : 1;
}

function isUnknownKey(issue: Issue): boolean {
  return issue.type === 'strict_object' && issue.expected === 'never';
}

/** The issue inside a wrapper; of a union or variant the wrapper itself, whose list of choices says more. */
function deepest(issue: Issue): Issue {
  const [first] = issue.issues ?? [];
  return first !== undefined && issue.type !== 'union' && issue.type !== 'variant' ? deepest(first) : issue;
}

function sentenceOf(issue: Issue): string {
  const keys = (issue.path ?? []).map(({ key }) => String(key));
  const place = pathText(keys);
  if (isUnknownKey(issue)) return unknownKey(keys);
  if (issue.received === 'undefined' && issue.type === 'strict_object') return `"${place}" is missing.`;
  if (place === '') return notAPlan(issue.input);
  return `${place} must be ${expectation(issue)}. Received: ${show(issue.input)}.`;
}

function notAPlan(value: unknown): string {
  return `must be an object with format, data, main and arms. Received: ${show(value)}.`;
}

function unknownKey(keys: readonly string[]): string {
  const key = keys.at(-1) ?? '';
  const parent = keys.slice(0, -1);
  const names = keysAt(Plan, parent);
  const [near] = nearestNames(key, names, 1);
  const help = near !== undefined ? ` Did you mean "${near}"?` : names.length > 0 ? ` There are: ${names.join(', ')}.` : '';
  return `unknown key "${key}"${parent.length === 0 ? '' : ` in ${pathText(parent)}`}.${help}`;
}

function expectation(issue: Issue): string {
  const requirement = 'requirement' in issue ? String(issue.requirement) : '';
  switch (issue.type) {
    case 'min_value':
      return `a number from ${requirement} up`;
    case 'max_value':
      return `a number up to ${requirement}`;
    case 'gt_value':
      return `a number above ${requirement}`;
    case 'lt_value':
      return `a number below ${requirement}`;
    case 'integer':
      return 'a whole number';
    case 'finite':
      return 'a finite number';
    case 'min_length':
      return Array.isArray(issue.input) ? 'a list with at least one entry' : 'a text that is not empty';
    case 'max_length':
      return Array.isArray(issue.input) ? `a list with at most ${requirement} entries` : `at most ${requirement} characters long`;
    case 'regex':
      return issue.message.replace(/^must be /, '');
    case 'array':
      return 'a list';
    case 'strict_object':
    case 'record':
      return 'an object';
    default:
      return choices(issue.expected ?? issue.type);
  }
}

/** '("a" | "b")' -> 'one of "a", "b"'; 'string' -> 'a text'. */
function choices(expected: string): string {
  const names: Readonly<Record<string, string>> = { string: 'a text', number: 'a number', boolean: 'true or false', Object: 'an object', Array: 'a list' };
  const parts = expected.replace(/^\(|\)$/g, '').split(' | ');
  return parts.length > 1 ? `one of ${parts.map((part) => names[part] ?? part).join(', ')}` : (names[expected] ?? expected);
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** ['arms', '0', 'method'] -> 'arms[0].method' */
function pathText(keys: readonly string[]): string {
  return keys.map((key, i) => (/^\d+$/.test(key) ? `[${key}]` : i === 0 ? key : `.${key}`)).join('');
}
