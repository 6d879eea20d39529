/** What a column's name or a split value says by custom. English words; a wrong guess costs one click or one line of the plan. */

const labelNames = [
  'target',
  'label',
  'class',
  'y',
  'outcome',
  'output',
  'response',
  'digit',
  'diagnosis',
  'species',
  'survived',
  'churn',
  'quality',
  'mpg',
  'price',
  'medv',
  'median_house_value',
  'saleprice',
  'rating',
  'score',
  'grade',
  'category',
  'type',
];
const strongNames = 7; // names that mean nothing else; a longer name that ends or begins with one of them counts too
const unitNames = ['subject', 'patient', 'participant', 'person', 'user', 'household', 'family', 'customer', 'session', 'site', 'hospital', 'group'];

/** How surely a name is that of the thing to predict: 0 is surest; names that say nothing share the last rank. */
export function labelRank(name: string): number {
  const plain = words(name).join('_');
  const exact = labelNames.indexOf(plain);
  if (exact >= 0) return exact;
  const pieces = words(name);
  const part = labelNames.findIndex((label, at) => at < strongNames && label.length > 1 && (pieces[0] === label || pieces.at(-1) === label));
  return part >= 0 ? labelNames.length + part : 2 * labelNames.length;
}

/** 'label', 'class_id', 'digit': a name that means classes even where the values are numbers. */
export function namesClasses(name: string): boolean {
  return words(name).some((word) => ['label', 'class', 'digit', 'species', 'category'].includes(word));
}

/** 'id', 'PassengerId', 'sample_id', 'uuid', 'file', 'path'. */
export function looksLikeId(name: string): boolean {
  const last = words(name).at(-1) ?? '';
  return ['id', 'ids', 'uuid', 'guid', 'key', 'file', 'filename', 'path', 'name'].includes(last) || looksLikeCounter(name);
}

/** 'index', 'row', 'no', 'Unnamed: 0' as pandas writes it. */
export function looksLikeCounter(name: string): boolean {
  return ['index', 'idx', 'row', 'rownum', 'no', 'nr', 'number', 'unnamed_0', 'row_id', 'row_number'].includes(words(name).join('_')) || name.trim() === '';
}

/** 'patient_id', 'subject', 'customerId': a unit that several rows belong to. A bare 'group' may be a label and is left alone. */
export function looksLikeUnit(name: string): boolean {
  const pieces = words(name);
  const last = pieces.at(-1) ?? '';
  const unit = pieces[0] ?? '';
  if (pieces.length === 1) return unitNames.slice(0, 3).includes(unit);
  return pieces.length === 2 && unitNames.includes(unit) && ['id', 'number', 'no', 'nr', 'code'].includes(last);
}

function words(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((piece) => piece !== '');
}
