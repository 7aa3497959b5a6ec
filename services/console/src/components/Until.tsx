import { formatDuration } from './format-duration.ts';
import { useNow } from './use-now.ts';

/** How long it is until a moment, or since: `in 3 min 5 s`, `12 s ago`. */
export function Until({ at }: { at: string }) {
  const ms = Date.parse(at) - useNow();
  return <>{untilInWords(ms)}</>;
}

/** @param ms Milliseconds; below zero when it is past. */
function untilInWords(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1_000) * 1_000;
  if (seconds === 0) return 'now';
  return ms > 0 ? `in ${formatDuration(seconds)}` : `${formatDuration(seconds)} ago`;
}
