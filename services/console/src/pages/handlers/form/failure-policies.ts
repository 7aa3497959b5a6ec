import type { FailurePolicy } from '#contracts';

/** What each choice does to the rest, in the words of the documentation. */
export const failurePolicies: Readonly<Record<FailurePolicy, { name: string; meaning: string }>> = {
  stop: {
    name: 'Stop',
    meaning:
      'During retries, later handlers of the event and later events of the same client wait. ' +
      'After a failure, later handlers are skipped.',
  },
  continue: {
    name: 'Continue',
    meaning: 'During retries they wait as well. After a failure, later handlers run.',
  },
  detach: { name: 'Detach', meaning: 'Other handlers continue; this one retries in the background.' },
};
