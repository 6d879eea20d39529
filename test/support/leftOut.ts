/** Leaves tests out, and says why: what this gives goes before the body of a test or a describe. countReporter.ts gathers the reasons and prints each once. */
declare module 'vitest' {
  interface TaskMeta {
    leftOut?: string;
  }
}

export interface LeftOut {
  readonly skip?: true;
  readonly meta?: { readonly leftOut: string };
}

/** @param reason a sentence, or null where the tests run */
export function leftOut(reason: string | null): LeftOut {
  return reason === null ? {} : { skip: true, meta: { leftOut: reason } };
}

/** Why tests of what a user may not do are left out; null where there is such a user. */
export const rootMay = process.getuid?.() === 0 || process.platform === 'win32' ? 'For root, and on Windows, no folder is read-only or closed.' : null;
