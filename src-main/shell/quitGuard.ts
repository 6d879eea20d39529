/** Asks before an end that would stop training. The answer is the person's: finish in the background, pause and quit, or stay. Knows no Electron. */

export type QuitAnswer = 'background' | 'pause' | 'stay';

export interface QuitOptions {
  readonly isTraining: () => boolean;
  /** Shows the question. */
  readonly ask: () => Promise<QuitAnswer>;
  /** Pauses everything with checkpoints; settles when nothing runs. */
  readonly pause: () => Promise<void>;
  readonly hide: () => void;
  readonly quit: () => void;
}

export interface QuitGuard {
  /** Whether the program may end now. If not, the person is being asked and the rest follows from the answer. */
  mayEnd(): boolean;
  /** The window is shown again: ends no longer by itself. */
  shown(): void;
  /** Something has stopped training. */
  trainingEnded(): void;
}

export function quitGuard({ isTraining, ask, pause, hide, quit }: QuitOptions): QuitGuard {
  let isDecided = false;
  let isAsking = false;
  let isInBackground = false;

  const end = (): void => {
    isDecided = true;
    quit();
  };
  const askAndAct = async (): Promise<void> => {
    isAsking = true;
    try {
      const answer = await ask();
      if (answer === 'stay') return;
      if (answer === 'background') {
        isInBackground = true;
        hide();
        if (!isTraining()) end(); // it ended while the question stood
        return;
      }
      await pause();
      end();
    } finally {
      isAsking = false;
    }
  };

  return {
    mayEnd() {
      if (isDecided || !isTraining()) return true;
      if (!isAsking) void askAndAct();
      return false;
    },
    shown() {
      isInBackground = false;
    },
    trainingEnded() {
      if (isInBackground && !isTraining()) end();
    },
  };
}

/** What the question says, and which answer each button gives. */
export const quitQuestion = {
  message: 'An experiment is training.',
  detail: 'In the background it trains to its end and Auxlab then quits by itself. Paused, it goes on from its checkpoints when you resume it.',
  buttons: ['Finish in the background', 'Pause and quit', 'Stay'],
  answers: ['background', 'pause', 'stay'],
} as const satisfies { readonly answers: readonly QuitAnswer[]; readonly [name: string]: unknown };
