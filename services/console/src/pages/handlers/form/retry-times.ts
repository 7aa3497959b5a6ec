import { parseDuration } from '#contracts';
import { formatDuration } from '../../../components/format-duration.ts';

/** Further times are only counted. */
const mostWritten = 12;

/**
 * When a failed call is retried, counted from the first attempt: "Retries after 5 s, 5 min 5 s. Fails …". The time that
 * the attempts themselves take is not in it.
 *
 * @returns undefined when the waits or the number do not say anything yet.
 */
export function retryTimes(maxAttempts: number, waits: readonly string[]): string | undefined {
  const waitsMs = waits.map((wait) => parseDuration(wait));
  if (!Number.isInteger(maxAttempts) || maxAttempts < 1 || waitsMs.length === 0) return undefined;
  if (waitsMs.some((wait) => wait === undefined)) return undefined;
  if (maxAttempts === 1) return 'No retries: fails after the first attempt.';
  const times: number[] = [];
  for (let attempt = 2; attempt <= maxAttempts; attempt += 1) {
    // The last wait serves for all that follow.
    times.push((times.at(-1) ?? 0) + waitsMs[Math.min(attempt - 2, waitsMs.length - 1)]!);
  }
  const written = times.slice(0, mostWritten).map(formatDuration).join(', ');
  const more = times.length > mostWritten ? `, … (${times.length} times)` : '';
  return `Retries after ${written}${more}. Fails ${formatDuration(times.at(-1)!)} after the first attempt.`;
}
