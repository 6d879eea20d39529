/** How long a test waits for a window or a page, in milliseconds: longer than a busy machine needs, shorter than the time that a test has. */
export const patienceMs = 90_000;

/** The same until something has trained to its end, which takes long on WebAssembly and on a machine that does five other things. */
export const trainingMs = 25 * 60_000;

/** The time of a test that waits for that more than once. */
export const trainingTestMs = 3 * trainingMs;
