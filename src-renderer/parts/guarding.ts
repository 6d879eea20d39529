/** Where a failed part of a page tells its error, and how the details are got at. The window's frame gives both. */
import { createContext } from 'svelte';

export interface Guarding {
  note(part: string, error: unknown): void;
  copyDetails(): void;
}

export const [useGuarding, setGuarding] = createContext<Guarding>();
