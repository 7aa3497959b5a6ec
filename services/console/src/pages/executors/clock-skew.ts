import { formatDuration } from '../../components/format-duration.ts';

/** From one second on; less is the time that messages take. */
export function isNotable(skewMs: number): boolean {
  return Math.abs(skewMs) >= 1_000;
}

/** `5 min ahead`, `12 s behind`. */
export function skewInWords(skewMs: number): string {
  const seconds = Math.round(Math.abs(skewMs) / 1_000) * 1_000;
  return `${formatDuration(seconds)} ${skewMs > 0 ? 'ahead' : 'behind'}`;
}
