/** Shows outside the window that something trains: progress in the task bar, a notification at the end, and the computer kept awake meanwhile. */
import { Notification, powerSaveBlocker, type BrowserWindow } from 'electron';
import type { LabEvent, Settings } from '../contract/calls.ts';
import type { TrainingState } from './trainingWatch.ts';

export interface Presence {
  show(state: TrainingState): void;
  ended(end: Extract<LabEvent, { name: 'experiment.ended' }>): void;
  stop(): void;
}

/** @param windows those that are open   @param settings as the person set them   @param reveal brings the window to the front */
export function presence(windows: () => readonly BrowserWindow[], settings: () => Pick<Settings, 'notifyAtEnd' | 'keepAwake'>, reveal: () => void): Presence {
  let blocker: number | null = null;
  const release = (): void => {
    if (blocker !== null) powerSaveBlocker.stop(blocker);
    blocker = null;
  };
  return {
    show({ training, fraction }) {
      const isTraining = training.length > 0;
      for (const window of windows())
        window.setProgressBar(!isTraining ? -1 : (fraction ?? 2), fraction === null ? { mode: 'indeterminate' } : { mode: 'normal' });
      if (isTraining && settings().keepAwake) blocker ??= powerSaveBlocker.start('prevent-app-suspension');
      else release();
    },
    ended({ title, sentence }) {
      // Who looks at the window sees it there
      if (!settings().notifyAtEnd || !Notification.isSupported() || windows().some((window) => window.isFocused())) return;
      const notification = new Notification({ title, body: sentence });
      notification.on('click', reveal);
      notification.show();
    },
    stop: release,
  };
}
