/** What a column's name or a split value says by custom. English words; a wrong guess costs one click or one line of the plan. */

const labelNames = [
  'target',
  'label',
  'class',
  'y',
  'outcome',
  'output',
  'response',
  'y_true',
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
  'sale_price',
  'rating',
  'score',
  'grade',
  'category',
  'type',
];
const strongNames = 7; // names that mean nothing else; a longer name that ends or begins with one of them counts too
const plurals: Readonly<Record<string, string>> = {
  targets: 'target',
  labels: 'label',
  classes: 'class',
  outcomes: 'outcome',
  outputs: 'output',
  responses: 'response',
  digits: 'digit',
  categories: 'category',
};
const classWords = ['label', 'class', 'digit', 'species', 'category', 'diagnosis'];
const targetNames = ['target', 'y', 'y_true', 'outcome', 'output', 'response', 'survived', 'churn', 'type'];
/** Names of what is to be predicted in some data and of an input in others: they count where no other column has a label's name. */
const quietLabelNames = [
  'is_fraud',
  'fraud',
  'is_spam',
  'spam',
  'sentiment',
  'emotion',
  'default',
  'defaulted',
  'default_payment_next_month',
  'loan_status',
  'churned',
  'exited',
  'attrition',
];
const amountWords =
  'age count counts cnt number num total sum amount quantity price value cost sales income salary revenue year years months days hours minutes ' +
  'seconds duration height length width weight size area volume distance mpg medv rings votes points cylinders temperature views';
const amounts = new Set(amountWords.split(' '));
const counterNames = ['index', 'idx', 'row', 'rownum', 'rownames', 'row_names', 'no', 'nr', 'number', 'row_id', 'row_number', 'level_0'];
const unitNames = ['subject', 'patient', 'participant', 'person', 'user', 'household', 'family', 'customer', 'session', 'site', 'hospital', 'group'];

/** How surely a name is that of the thing to predict: 0 is surest; names that say nothing share the last rank. */
export function labelRank(name: string): number {
  const plain = joined(name);
  const exact = labelNames.findIndex((label) => label.replaceAll('_', '') === plain);
  if (exact >= 0) return exact;
  const pieces = words(name);
  const part = labelNames.findIndex((label, at) => at < strongNames && label.length > 1 && (pieces[0] === label || pieces.at(-1) === label));
  return part >= 0 ? labelNames.length + part : 2 * labelNames.length;
}

/** 'is_fraud', 'sentiment', 'loan_status': a label's name where no other column has one. */
export function isQuietLabel(name: string): boolean {
  return quietLabelNames.some((label) => label.replaceAll('_', '') === joined(name));
}

/** 'label', 'class_id', 'digits': a name that means classes even where the values are numbers. */
export function namesClasses(name: string): boolean {
  return words(name).some((word) => classWords.includes(word));
}

/** 'target', 'y', 'outcome': a name for what is to be predicted, classes or not. */
export function namesTargets(name: string): boolean {
  return isQuietLabel(name) || targetNames.some((label) => label.replaceAll('_', '') === joined(name)) || words(name).some((word) => word === 'target');
}

/** 'age', 'count', 'SalePrice', 'num_rooms': a name whose whole numbers are amounts. */
export function meansAmounts(name: string): boolean {
  const pieces = words(name);
  return amounts.has(pieces.at(-1) ?? '') || ['num', 'n', 'number', 'count', 'total'].includes(pieces[0] ?? '') || joined(name) === 'saleprice';
}

/** 'pixel12', 'x_3', '0.1': the stem of a numbered name ('' for a bare number); null for a name without a number behind it. */
export function numberedStem(name: string): string | null {
  const match = /^(.*?)[\s_.:-]*\d+(?:[._x-]\d+)*$/u.exec(name.trim().toLowerCase());
  return match === null ? null : (match[1] ?? '');
}

/** 'id', 'PassengerId', 'sample_id', 'uuid', 'file', 'path'. */
export function looksLikeId(name: string): boolean {
  const last = words(name).at(-1) ?? '';
  return ['id', 'ids', 'uuid', 'guid', 'key', 'file', 'filename', 'path', 'name'].includes(last) || looksLikeCounter(name);
}

/** 'index', 'row', 'no', 'Unnamed: 0.1' as pandas writes it, 'rownames' as R does. */
export function looksLikeCounter(name: string): boolean {
  const plain = words(name).join('_');
  return counterNames.includes(plain) || isUnnamed(name);
}

/** '' or 'Unnamed: 0': the header of a table that was written with its row numbers. */
export function isUnnamed(name: string): boolean {
  return name.trim() === '' || /^unnamed(_\d+)*(_level(_\d+)+)?$/.test(words(name).join('_'));
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
    .filter((piece) => piece !== '')
    .map((piece) => plurals[piece] ?? piece);
}

/** The words without what stands between them, so that SalePrice, sale_price and saleprice are one. */
function joined(name: string): string {
  return words(name).join('');
}
