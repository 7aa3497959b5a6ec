import type { DeferralView } from '#contracts/rest-api';

/** Why a key waits: in a word, and in a sentence. */
export const deferralReasons: Readonly<Record<DeferralView['reason'], { label: string; meaning: string }>> = {
  retry: { label: 'Retry', meaning: 'An attempt has failed; the next one has its time.' },
  handler_busy: { label: 'Handler busy', meaning: 'The handler has as many calls under way as it may have.' },
  circuit_open: {
    label: 'Circuit open',
    meaning: 'Nearly all recent calls of the handler have failed, so it is left alone for a while.',
  },
  slow_key: { label: 'Slow key', meaning: 'The events of the key before it took long.' },
  held_long: { label: 'Held long', meaning: 'Its message was held for as long as the broker allows.' },
  behind: { label: 'Behind', meaning: 'An event of the same key before it waits.' },
  internal_error: { label: 'Internal error', meaning: 'A fault of Provisor itself; it is tried again.' },
};
