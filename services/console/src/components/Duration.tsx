import { formatDuration } from './format-duration.ts';

/** A duration, with its milliseconds on hover; a dash where there is none. */
export function Duration({ ms }: { ms: number | null | undefined }) {
  if (ms === null || ms === undefined) return <span aria-label="none">–</span>;
  return (
    <time dateTime={`PT${ms / 1_000}S`} title={`${ms} ms`}>
      {formatDuration(ms)}
    </time>
  );
}
