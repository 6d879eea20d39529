/** The commands that the native menu shows beside the page's own, as data: the window's registry takes id, title, group and keys from here and adds what
 *  they do; a menu entry only sends its id back (event `command`). */

export type CommandGroup = 'go' | 'experiment' | 'data' | 'design' | 'run' | 'report' | 'view' | 'help';

export interface CommandEntry {
  readonly id: string; // 'design.undo'
  readonly title: string;
  readonly group: CommandGroup;
  readonly keys?: string; // 'Mod+Shift+Z'; Mod is Command on macOS, Ctrl elsewhere
  readonly menu: 'file' | 'edit' | 'view' | 'go' | 'experiment' | 'help';
}

export const commandEntries = [
  { id: 'data.open', title: 'Open data', group: 'data', keys: 'Mod+O', menu: 'file' },
  { id: 'data.openFolder', title: 'Open a folder of images', group: 'data', keys: 'Mod+Shift+O', menu: 'file' },
  { id: 'experiment.new', title: 'New experiment', group: 'experiment', keys: 'Mod+N', menu: 'file' },
  { id: 'plan.open', title: 'Open a plan file', group: 'experiment', menu: 'file' },
  { id: 'bundle.import', title: 'Import an experiment', group: 'experiment', menu: 'file' },
  { id: 'bundle.export', title: 'Export this experiment as one file', group: 'experiment', menu: 'file' },
  { id: 'report.export', title: 'Export the report', group: 'report', keys: 'Mod+E', menu: 'file' },
  { id: 'design.undo', title: 'Undo in the design', group: 'design', keys: 'Mod+Z', menu: 'edit' },
  { id: 'design.redo', title: 'Redo in the design', group: 'design', keys: 'Mod+Shift+Z', menu: 'edit' },
  { id: 'view.find', title: 'Find', group: 'view', keys: 'Mod+F', menu: 'edit' },
  { id: 'view.palette', title: 'All commands', group: 'view', keys: 'Mod+K', menu: 'view' },
  { id: 'view.level', title: 'Switch between Guided and Expert', group: 'view', menu: 'view' },
  { id: 'view.appearance', title: 'Switch between light and dark', group: 'view', menu: 'view' },
  { id: 'go.start', title: 'Start', group: 'go', keys: 'Mod+1', menu: 'go' },
  { id: 'go.data', title: 'Data', group: 'go', keys: 'Mod+2', menu: 'go' },
  { id: 'go.design', title: 'Design', group: 'go', keys: 'Mod+3', menu: 'go' },
  { id: 'go.run', title: 'Plan & Run', group: 'go', keys: 'Mod+4', menu: 'go' },
  { id: 'go.compare', title: 'Compare', group: 'go', keys: 'Mod+5', menu: 'go' },
  { id: 'go.report', title: 'Report', group: 'go', keys: 'Mod+6', menu: 'go' },
  { id: 'go.settings', title: 'Settings', group: 'go', keys: 'Mod+,', menu: 'go' },
  { id: 'run.start', title: 'Find out if it helps', group: 'run', keys: 'Mod+Enter', menu: 'experiment' },
  { id: 'run.pause', title: 'Pause training', group: 'run', keys: 'Mod+.', menu: 'experiment' },
  { id: 'run.resume', title: 'Go on with training', group: 'run', menu: 'experiment' },
  { id: 'run.cancel', title: 'Cancel the experiment', group: 'run', menu: 'experiment' },
  { id: 'run.extend', title: 'Add pairs', group: 'run', menu: 'experiment' },
  { id: 'experiment.copyCommand', title: 'Copy as a command line', group: 'experiment', menu: 'experiment' },
  { id: 'help.shortcuts', title: 'Keyboard shortcuts', group: 'help', keys: '?', menu: 'help' },
  { id: 'help.doctor', title: 'Check this computer', group: 'help', menu: 'help' },
  { id: 'help.diagnostics', title: 'Copy diagnostics', group: 'help', menu: 'help' },
] as const satisfies readonly CommandEntry[];

export type CommandId = (typeof commandEntries)[number]['id'];
