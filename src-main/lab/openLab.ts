/** Keeps one lab open for a host that only watches, and opens it anew where that is what tells the truth. */
import type { Lab } from '../contract/lab.ts';
import { watchChanges } from './changes.ts';

/** Silence for this long under a running experiment is a reason to ask whether its process still lives: opening the store finds that out. */
const silenceMs = 15_000;

export interface OpenLab {
  /** The lab, opened with the first call.  @throws LabError store; the next call tries again */
  get(): Lab;
  /** Experiments that changed since the last look; null when the store can no longer be read. */
  look(nowMs: number): readonly string[] | null;
  close(): void;
}

/** @param open how the lab of this host is opened   @param onTrouble what stopped a look, for the log */
export function openLab(open: () => Lab, onTrouble: (error: unknown) => void): OpenLab {
  let lab: Lab | null = null;
  let watch = watchChanges();
  let lastChangeMs: number | null = null;

  const close = (): void => {
    lab?.close();
    lab = null;
  };
  const get = (): Lab => (lab ??= open());

  return {
    get,
    close,
    look(nowMs) {
      if (lab === null) return [];
      try {
        const changed = watch.look(lab);
        lastChangeMs ??= nowMs;
        if (changed.length > 0) lastChangeMs = nowMs;
        else if (nowMs - lastChangeMs > silenceMs) {
          lastChangeMs = nowMs;
          if (lab.list().some(({ status }) => status === 'running')) {
            close();
            return watch.look(get());
          }
        }
        return changed;
      } catch (error) {
        onTrouble(error);
        try {
          close();
        } catch (closing) {
          onTrouble(closing);
          lab = null;
        }
        watch = watchChanges();
        return null;
      }
    },
  };
}
