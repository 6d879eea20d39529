/** Where the window stood when it was last closed, brought back onto a display that exists. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as v from 'valibot';

export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const whole = v.pipe(v.number(), v.integer(), v.minValue(-100_000), v.maxValue(100_000));
const WindowState = v.object({ x: v.exactOptional(whole), y: v.exactOptional(whole), width: whole, height: whole, isMaximized: v.boolean() });
export type WindowState = v.InferOutput<typeof WindowState>;

export const smallest = { width: 760, height: 520 } as const;
const usual: WindowState = { width: 1280, height: 800, isMaximized: false };
const grip = 80; // pixels of the title bar that must lie on a display

/** @param areas the work areas of the displays there are now
 *  @returns what was kept, if enough of it can be seen; its size where it cannot */
export function fittingState(kept: WindowState, areas: readonly Bounds[]): WindowState {
  const width = Math.max(smallest.width, kept.width);
  const height = Math.max(smallest.height, kept.height);
  const { x, y, isMaximized } = kept;
  if (x === undefined || y === undefined) return { width, height, isMaximized };
  const isSeen = areas.some((area) => x + width - grip > area.x && x + grip < area.x + area.width && y >= area.y - 1 && y + grip / 2 < area.y + area.height);
  return isSeen ? { x, y, width, height, isMaximized } : { width, height, isMaximized };
}

/** The usual state when nothing readable was kept. */
export function readWindowState(file: string): WindowState {
  try {
    const parsed = v.safeParse(WindowState, JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.output : usual;
  } catch {
    return usual; // the first start, or a damaged file: nothing is lost but a place
  }
}

export function writeWindowState(file: string, state: WindowState): void {
  try {
    writeFileSync(`${file}.part`, JSON.stringify(state));
    renameSync(`${file}.part`, file);
  } catch {
    // A full disk must not keep the window from closing.
  }
}
