export const consent = {
  title: 'Whose data?',
  what: (name: string): string => `"${name}" was imported from a file. Going on with it opens the data that the file names, and trains on this computer:`,
  choice: 'Nothing of it has been opened so far. Name the data yourself, or agree to these if you know them.',
  file: 'Choose a file',
  folder: 'Choose a folder',
  agree: 'Open these',
  chip: 'Imported',
  chipHint: (date: string): string => `Imported on ${date}: what was trained elsewhere is shown as the file says it.`,
} as const;
