/** Workspaces of the window on fake labs. */
import { createClient } from '../../src-main/contract/client.ts';
import type * as WorkspaceModule from '../../src-renderer/state/workspace.svelte.ts';
import { fakeLab, type FakeLab } from './fakeLab.ts';
import type { Answers } from './usualAnswers.ts';
import { windowModules } from './windowModules.ts';

export type Workspace = WorkspaceModule.Workspace;

export interface Workspaces {
  readonly load: Awaited<ReturnType<typeof windowModules>>;
  /** @returns a workspace that has read nothing yet */
  readonly over: (lab: FakeLab) => Workspace;
  /** @returns a workspace that has read all that the window reads when it opens */
  readonly opened: (answers?: Answers) => Promise<{ lab: FakeLab; space: Workspace }>;
}

const door = { needsContents: true, sourceOf: () => Promise.resolve('/uploads/flowers.csv') };

export async function workspaces(): Promise<Workspaces> {
  const load = await windowModules();
  const { Workspace } = await load<typeof WorkspaceModule>('/state/workspace.svelte.ts');
  const over = (lab: FakeLab): Workspace => new Workspace(createClient(lab), { isMac: false, keeper: null, door, reportAddress: (id) => `/report/${id}` });
  const opened: Workspaces['opened'] = async (answers = {}) => {
    const lab = fakeLab(answers);
    const space = over(lab);
    space.client.on(space.hear); // start() would follow the address bar too, which a test has not
    await space.readAll();
    return { lab, space };
  };
  return { load, over, opened };
}
