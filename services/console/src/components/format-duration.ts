const secondMs = 1_000;
const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;

/**
 * A duration as people read it, in its one or two greatest units: `12 ms`, `1.25 s`, `3 min 5 s`, `2 d 4 h`.
 *
 * @param ms Milliseconds, from 0.
 */
export function formatDuration(ms: number): string {
  if (ms < secondMs) return `${Math.round(ms)} ms`;
  // Rounded before it is divided, so that 59.996 s becomes a minute and not 60 s.
  if (Math.round(ms / 10) * 10 < minuteMs) return `${Math.round(ms / 10) / 100} s`;
  const seconds = Math.round(ms / secondMs);
  if (seconds * secondMs < hourMs) return inTwo(seconds, 60, 'min', 's');
  const minutes = Math.round(ms / minuteMs);
  if (minutes * minuteMs < dayMs) return inTwo(minutes, 60, 'h', 'min');
  return inTwo(Math.round(ms / hourMs), 24, 'd', 'h');
}

function inTwo(amount: number, each: number, great: string, small: string): string {
  const rest = amount % each;
  return `${Math.floor(amount / each)} ${great}${rest === 0 ? '' : ` ${rest} ${small}`}`;
}
