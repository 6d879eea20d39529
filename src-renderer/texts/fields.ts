/** What a field says while it holds what cannot be used. */
export const fields = {
  needed: 'A number is needed.',
  noNumber: (text: string): string => `"${text}" is not a number.`,
  whole: 'Only whole numbers.',
  atLeast: (least: number): string => `At least ${least}.`,
  atMost: (most: number): string => `At most ${most}.`,
  yes: 'yes',
  no: 'no',
} as const;
