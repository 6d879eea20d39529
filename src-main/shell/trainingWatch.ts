/** What the shell must know of training, out of the lab's events: whether something trains, how far it is, what has ended. Knows no Electron. */
import type { Client } from '../contract/client.ts';
import type { LabEvent } from '../contract/calls.ts';

export interface TrainingState {
  readonly training: readonly string[]; // ids
  readonly waiting: number;
  readonly fraction: number | null; // of what trains; null while that cannot be told
}

export interface TrainingWatch {
  readonly state: () => TrainingState;
  readonly onEvent: (event: LabEvent) => void;
}

/** @param lab asked what its queue holds whenever that changes
 *  @param onChange told when the state has changed   @param onEnd told when an experiment has ended in the lab's process */
export function trainingWatch(
  lab: Pick<Client, 'call'>,
  onChange: (state: TrainingState) => void,
  onEnd: (end: Extract<LabEvent, { name: 'experiment.ended' }>) => void,
): TrainingWatch {
  let state: TrainingState = { training: [], waiting: 0, fraction: null };
  const change = (part: Partial<TrainingState>): void => {
    state = { ...state, ...part };
    onChange(state);
  };
  const ask = async (): Promise<void> => {
    try {
      const queue = await lab.call('queue.list', {});
      const training = queue.filter(({ activity }) => activity === 'training' || activity === 'pausing').map(({ experimentId }) => experimentId);
      change({ training, waiting: queue.length - training.length, ...(training.length === 0 ? { fraction: null } : {}) });
    } catch {
      change({ training: [], waiting: 0, fraction: null }); // the lab is down, and so is what it trained; the page says why
    }
  };
  return {
    state: () => state,
    onEvent(event) {
      if (event.name === 'experiment.progress') change({ fraction: event.picture.totalRuns === 0 ? null : event.picture.fraction });
      if (event.name === 'experiment.ended') onEnd(event);
      if (event.name === 'queue.changed' || event.name === 'lab.state') void ask();
    },
  };
}
