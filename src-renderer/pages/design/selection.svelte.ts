/** Which arm and which part of the design is looked at. Belongs to the page, not to the design: undo leaves it alone. */
import { createContext } from 'svelte';

export class Selection {
  arm = $state(0);
  part = $state<string | null>('main'); // 'main', 'arm/auxiliary' or a stage's path
}

export const [useSelection, setSelection] = createContext<Selection>();
