/** The one registry of commands. Palette, shortcuts, shortcut sheet and native menu all read it; screens add theirs while they are open. */
import { untrack } from 'svelte';
import { commandEntries, type CommandGroup, type CommandId } from '../../src-main/contract/commands.ts';
import { isShortcut, type KeyPress } from './shortcut.ts';

export interface Command {
  readonly id: string; // 'design.undo'; the native menu sends it
  readonly title: string;
  readonly group: CommandGroup;
  readonly keys?: string; // 'Mod+K'
  readonly worksInText?: boolean; // also while a text field has the focus
  readonly isEnabled?: () => boolean;
  readonly run: () => void;
}

export class Commands {
  readonly isMac: boolean;
  list = $state.raw<readonly Command[]>([]);

  constructor(isMac: boolean) {
    this.isMac = isMac;
  }

  /** Adds commands; one that is there already is replaced.  @returns takes them out again */
  add = (commands: readonly Command[]): (() => void) => {
    const ids = new Set(commands.map(({ id }) => id));
    const own = new Set(commands);
    // an effect that adds its commands must not run again because the list has changed
    this.list = [...untrack(() => this.list).filter(({ id }) => !ids.has(id)), ...commands];
    return () => {
      this.list = untrack(() => this.list).filter((one) => !own.has(one));
    };
  };

  /** @returns whether there is such a command and it can be run now */
  run = (id: string): boolean => {
    const command = this.list.find((candidate) => candidate.id === id);
    if (command === undefined || !isEnabled(command)) return false;
    command.run();
    return true;
  };

  /** The command of a key press, if one may run now.
   *  @param isInText a text field has the focus: plain letters and undo belong to it */
  ofKeys = (press: KeyPress, isInText: boolean): Command | null => {
    const found = this.list.find(({ keys }) => keys !== undefined && isShortcut(press, keys, this.isMac));
    if (found === undefined || !isEnabled(found)) return null;
    return isInText && found.worksInText !== true ? null : found;
  };

  keysOf = (id: string): string | null => this.list.find((command) => command.id === id)?.keys ?? null;
}

/** What a command of the contract's list does in this window; title, group and keys stand in the list. */
export function command(id: CommandId, run: () => void, more: Pick<Command, 'isEnabled' | 'worksInText'> = {}): Command {
  const entry: Pick<Command, 'title' | 'group' | 'keys'> = commandEntries.find((one) => one.id === id) ?? { title: id, group: 'view' };
  return { ...entry, id, run, ...more };
}

export function isEnabled(command: Command): boolean {
  return command.isEnabled?.() ?? true;
}
