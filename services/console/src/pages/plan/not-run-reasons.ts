import type { EventPlanView } from '#contracts/rest-api';

/** Why an event would not run a handler. */
export const notRunReasons: Readonly<Record<EventPlanView['notRun'][number]['reason'], string>> = {
  condition_unmet: 'Its condition is false for this event.',
  condition_failed: 'Its condition cannot be evaluated for this event, which counts as a failure.',
  disabled: 'It is disabled.',
  archived: 'It is archived.',
  succeeded: 'It succeeded before.',
  settled: 'A person settled its failure.',
  waiting: 'It still retries in the background.',
  earlier_failed: 'The failure that it was skipped for is settled.',
};
