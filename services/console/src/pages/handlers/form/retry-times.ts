import { parseDuration } from '#contracts';
import { formatDuration } from '../../../components/format-duration.ts';

/** More of them are told by their number. */
const mostWritten = 12;

/**
 * When a call that fails is made again, in words, counted from the first attempt: "Tried again after 5 s, 5 min 5 s; given up after
 * that." Attempts themselves take time, which nobody knows beforehand.
 *
 * @returns undefined when the waits or the number do not say anything yet.
 */
export function retryTimes(maxAttempts: number, waits: readonly string[]): string | undefined {
  const waitsMs = waits.map((wait) => parseDuration(wait));
  if (!Number.isInteger(maxAttempts) || maxAttempts < 1 || waitsMs.length === 0) return undefined;
  if (waitsMs.some((wait) => wait === undefined)) return undefined;
  if (maxAttempts === 1) return 'Never tried again: given up after the first attempt.';
  const times: number[] = [];
  for (let attempt = 2; attempt <= maxAttempts; attempt += 1) {
    // The last wait serves for all that follow.
    times.push((times.at(-1) ?? 0) + waitsMs[Math.min(attempt - 2, waitsMs.length - 1)]!);
  }
  const written = times.slice(0, mostWritten).map(formatDuration).join(', ');
  const more = times.length > mostWritten ? `, … (${times.length} times)` : '';
  return `Tried again after ${written}${more}. Given up ${formatDuration(times.at(-1)!)} after the first attempt.`;
}
