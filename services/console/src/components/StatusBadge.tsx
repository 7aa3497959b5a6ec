import classes from './StatusBadge.module.css';

type Tone = 'good' | 'bad' | 'warn' | 'info' | 'quiet';

/** Every status that the API has: its colour, and its words where they are not those of the code. */
const statuses: Readonly<Record<string, readonly [tone: Tone, words?: string]>> = {
  enabled: ['good'],
  disabled: ['quiet'],
  archived: ['quiet'],
  succeeded: ['good'],
  success: ['good', 'Succeeded'],
  failed: ['bad'],
  permanent: ['bad', 'Failed, no retry'],
  retryable: ['warn', 'Failed, retryable'],
  waiting: ['warn'],
  paused: ['warn'],
  skipped: ['quiet'],
  duplicate: ['quiet'],
  cancelled: ['quiet'],
  expired: ['quiet'],
  revoked: ['quiet'],
  running: ['info'],
  requested: ['info'],
  finished: ['good'],
  stopped: ['bad'],
  held: ['warn'],
  coming: ['quiet'],
  open: ['bad'],
  settled: ['good'],
  completed: ['good'],
  active: ['good'],
  in_force: ['good', 'Up to date'],
  behind: ['warn'],
  draining: ['warn'],
  wrong: ['bad', 'Wrong'],
  has_failures: ['bad', 'Failed handler'],
};

/** A status in words and a colour. */
export function StatusBadge({ status }: { status: string }) {
  const [tone] = statuses[status] ?? ['info'];
  return (
    <span className={classes.badge} data-tone={tone}>
      <span className={classes.dot} aria-hidden />
      {statusWords(status)}
    </span>
  );
}

/** A status in words. */
export function statusWords(status: string): string {
  return statuses[status]?.[1] ?? status.charAt(0).toUpperCase() + status.slice(1).replaceAll('_', ' ');
}
