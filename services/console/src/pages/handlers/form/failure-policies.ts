import type { FailurePolicy } from '#contracts';

/** What each choice does to the rest, in the words of the documentation. */
export const failurePolicies: Readonly<Record<FailurePolicy, { name: string; meaning: string }>> = {
  stop: {
    name: 'Stop',
    meaning:
      'While it is tried again, the later handlers of the event wait, and the later events of the same client. When it has failed, the later handlers are skipped.',
  },
  continue: {
    name: 'Continue',
    meaning: 'They wait as well while it is tried again. When it has failed, the later handlers run.',
  },
  detach: { name: 'Detach', meaning: 'Nothing waits: the rest runs at once, and this one is tried again on the side.' },
};
