/** A session ends when it was not used for this long. */
export const idleMinutes = 60;

/** And at the latest after a working day, milliseconds. */
export const longestSessionMs = 12 * 3_600_000;
