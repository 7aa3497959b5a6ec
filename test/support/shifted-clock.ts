/** The environment of a process whose clock is wrong by this number of milliseconds; positive: ahead. */
export function shiftedClock(milliseconds: number): NodeJS.ProcessEnv {
  const preloaded = new URL('shifted-clock.mjs', import.meta.url).href;
  return { NODE_OPTIONS: `--import=${preloaded}`, CLOCK_SHIFT_MS: String(milliseconds) };
}
