export const consent = {
  title: 'Whose data?',
  what: (name: string): string => `"${name}" was imported from a file. Going on with it opens the data that the file names:`,
  choice: 'Name the data yourself, or agree to these if you know them. Nothing is trained or opened before that.',
  file: 'Choose a file',
  folder: 'Choose a folder',
  agree: 'Open these',
  chip: 'Imported',
  chipHint: (date: string): string => `Imported on ${date}: what was trained elsewhere is shown as the file says it.`,
} as const;
