import classes from './StatusBadge.module.css';

type Tone = 'good' | 'bad' | 'warn' | 'info' | 'quiet';

/** Every status that the API speaks of, and how it is to be taken. */
const tones: Readonly<Record<string, Tone>> = {
  enabled: 'good',
  disabled: 'quiet',
  archived: 'quiet',
  succeeded: 'good',
  success: 'good',
  failed: 'bad',
  permanent: 'bad',
  retryable: 'warn',
  waiting: 'warn',
  paused: 'warn',
  skipped: 'quiet',
  duplicate: 'quiet',
  cancelled: 'quiet',
  expired: 'quiet',
  revoked: 'quiet',
  running: 'info',
  requested: 'info',
  finished: 'good',
  completed: 'good',
  active: 'good',
  in_force: 'good',
  behind: 'warn',
  wrong: 'bad',
};

/** A status in a word and a colour: the word says all, the colour helps to find it. */
export function StatusBadge({ status }: { status: string }) {
  const tone = tones[status] ?? 'info';
  return (
    <span className={classes.badge} data-tone={tone}>
      <span className={classes.dot} aria-hidden />
      {status.charAt(0).toUpperCase() + status.slice(1).replaceAll('_', ' ')}
    </span>
  );
}
