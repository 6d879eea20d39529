/** How long a test waits, in milliseconds. These limits end what hangs; what works keeps clear of them on a computer that does ten things at once, too. */

/** For a window or a page. */
export const patienceMs = 90_000;

/** Until something has trained to its end, which takes longest on WebAssembly. */
export const trainingMs = 25 * 60_000;

/** For a whole test or hook. */
export const testMs = 15 * 60_000;

/** For a test that waits for a training more than once. */
export const trainingTestMs = 3 * trainingMs;
