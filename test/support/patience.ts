/** How long a test waits for a window or a page, in milliseconds: longer than a busy machine needs, shorter than the time that a test has. */
export const patienceMs = 90_000;
