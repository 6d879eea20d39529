/** Keeps the reports on screen current: a frame is reloaded in place, so that the reader stays where they were reading. */
import type { BrowserWindow } from 'electron';
import type { LabEvent } from '../contract/calls.ts';
import { readAddress } from './address.ts';

/** The pause between two reloads: a report of many runs takes a moment to draw and longer to read. */
const pauseMs = 3000;

/** @returns what takes the lab's events, and the stop */
export function refreshReports(windows: () => readonly BrowserWindow[]): { readonly onEvent: (event: LabEvent) => void; readonly stop: () => void } {
  const stale = new Set<string>();
  let timer: NodeJS.Timeout | null = null;

  const reload = (): void => {
    timer = null;
    if (stale.size === 0) return;
    const ids = new Set(stale);
    stale.clear();
    const frames = windows().flatMap(({ webContents }) => webContents.mainFrame.frames);
    const shown = frames.filter(({ url }) => {
      const address = readAddress(url);
      return address?.kind === 'report' && ids.has(address.id);
    });
    for (const frame of shown) frame.reload();
    timer = setTimeout(reload, pauseMs);
  };

  return {
    onEvent(event) {
      if (event.name !== 'experiments.changed') return;
      for (const id of event.ids) stale.add(id);
      if (timer === null) reload();
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer);
    },
  };
}
