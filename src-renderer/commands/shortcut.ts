/** Shortcuts as text: 'Mod+Shift+Z'. Mod is Cmd on a Mac and Ctrl elsewhere. Pure, no window. */

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

interface Keys {
  readonly mod: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
  readonly key: string; // small letters
}

function parse(keys: string): Keys {
  const parts = keys.split('+');
  const key = parts.pop() ?? '';
  return { mod: parts.includes('Mod'), shift: parts.includes('Shift'), alt: parts.includes('Alt'), key: key.toLowerCase() };
}

/** Whether a key press is this shortcut. Signs that need Shift on some keyboards ('?') are told by the sign alone. */
export function isShortcut(press: KeyPress, keys: string, isMac: boolean): boolean {
  const { mod, shift, alt, key } = parse(keys);
  const isSign = key.length === 1 && !/[a-z0-9]/.test(key);
  const pressedMod = isMac ? press.metaKey : press.ctrlKey;
  const otherMod = isMac ? press.ctrlKey : press.metaKey;
  return press.key.toLowerCase() === key && pressedMod === mod && !otherMod && press.altKey === alt && (isSign || press.shiftKey === shift);
}

const macSigns: Readonly<Record<string, string>> = { mod: '⌘', shift: '⇧', alt: '⌥', enter: '↩', escape: '⎋' };
const words: Readonly<Record<string, string>> = { mod: 'Ctrl', enter: 'Enter', escape: 'Esc' };

/** 'Ctrl+Shift+Z', on a Mac '⇧⌘Z'. */
export function shortcutText(keys: string, isMac: boolean): string {
  const { mod, shift, alt, key } = parse(keys);
  const name = key.length === 1 ? key.toUpperCase() : key;
  if (isMac) return `${alt ? macSigns.alt : ''}${shift ? macSigns.shift : ''}${mod ? macSigns.mod : ''}${macSigns[name] ?? name}`;
  return [...(mod ? ['Ctrl'] : []), ...(alt ? ['Alt'] : []), ...(shift ? ['Shift'] : []), words[name] ?? name].join('+');
}

/** 'Control+Shift+Z', as aria-keyshortcuts wants it. */
export function ariaShortcut(keys: string, isMac: boolean): string {
  return keys.replace('Mod', isMac ? 'Meta' : 'Control');
}
