/** What a column can be learned as. A kind's metrics and losses name it themselves. */
export const taskKinds = {
  classification: { title: 'Classification', learns: 'classes' },
  regression: { title: 'Regression', learns: 'a number' },
} as const;

export type TaskKindId = keyof typeof taskKinds;
export const taskKindIds = Object.keys(taskKinds) as TaskKindId[]; // the keys of a constant
