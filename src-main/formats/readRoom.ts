/** What a reader may use besides memory: a folder for what is larger, a way to tell how far it is, and a sign to stop. */

export interface Progress {
  readonly bytes?: number; // read of the source
  readonly ofBytes?: number;
  readonly rows?: number; // rows, pictures or series made so far
  readonly ofRows?: number;
}

export interface ReadRoom {
  /** Empty and the reader's own; what it leaves there is taken over or removed after it. null: all is kept in memory. */
  readonly folder: string | null;
  readonly signal: AbortSignal | null; // readers look at it between pieces of work
  readonly onProgress: (progress: Progress) => void;
  /** The path is one part of data that the caller joins: the files of other parts beside it (X_test.npy beside X_train.npy) are left alone. */
  readonly isPart?: boolean;
}

/** Everything in memory, nothing told. */
export const noRoom: ReadRoom = { folder: null, signal: null, onProgress: () => undefined };
