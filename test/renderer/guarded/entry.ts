/** A page with a part that fails on request beside one that never does; the test has it built and opens it in a browser. */
import { mount } from 'svelte';
import { Faults } from '../../../src-renderer/state/faults.svelte.ts';
import Guarded from './Guarded.svelte';

const faults = new Faults();
Object.assign(window, { faults });
mount(Guarded, {
  target: document.body,
  props: { guarding: { note: faults.note, copyDetails: () => undefined }, first: location.hash === '#broken' ? ['broken'] : ['good'] },
});
