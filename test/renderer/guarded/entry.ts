/** A page with a part that fails on request beside one that never does; the test has it built and opens it in a browser. */
import { mount } from 'svelte';
import { createClient } from '../../../src-main/contract/client.ts';
import { Workspace } from '../../../src-renderer/state/workspace.svelte.ts';
import Guarded from './Guarded.svelte';

const silent = { call: () => new Promise<never>(() => undefined), on: () => () => undefined };
const door = { needsContents: true, sourceOf: () => Promise.resolve('') };
const workspace = new Workspace(createClient(silent), { isMac: false, keeper: null, door, reportAddress: () => '' });
Object.assign(window, { diagnostics: workspace.computer.diagnostics });
mount(Guarded, { target: document.body, props: { workspace, first: location.hash === '#broken' ? ['broken'] : ['good'] } });
