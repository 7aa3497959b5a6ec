import type { AuditEntryView } from '#contracts/rest-api';

export type Action = AuditEntryView['action'];

interface ActionWords {
  group: string;
  words: string;
}

/** Everything that the audit speaks of, in words, under what it is done to. */
export const actions: Readonly<Record<Action, ActionWords>> = {
  'handler.create': { group: 'Handlers', words: 'made a handler' },
  'handler.update': { group: 'Handlers', words: 'changed a handler' },
  'handler.archive': { group: 'Handlers', words: 'archived a handler' },
  'handler.restore': { group: 'Handlers', words: 'restored a handler' },
  'handler.order': { group: 'Handlers', words: 'changed the order' },
  'handler.test': { group: 'Handlers', words: 'tested a handler' },
  'handler.signing_secret.make': { group: 'Handlers', words: 'made a signing secret' },
  'handler.signing_secret.revoke': { group: 'Handlers', words: 'revoked a signing secret' },
  'event.publish': { group: 'Events', words: 'published an event' },
  'event.replay': { group: 'Events', words: 'replayed an event' },
  'replay.create': { group: 'Events', words: 'began a replay' },
  'replay.cancel': { group: 'Events', words: 'cancelled a replay' },
  'deferral.retry': { group: 'Waiting', words: 'retried what waited' },
  'deferral.skip': { group: 'Waiting', words: 'skipped what waited' },
  'catalog.reload': { group: 'Executors', words: 'asked for a reload' },
  'api_key.create': { group: 'Access', words: 'made an API key' },
  'api_key.revoke': { group: 'Access', words: 'revoked an API key' },
  'session.begin': { group: 'Access', words: 'signed in' },
  'session.end': { group: 'Access', words: 'signed out' },
};

/** For a list to choose from. */
export const actionChoices = [...Map.groupBy(Object.entries(actions), ([, { group }]) => group)].map(
  ([group, members]) => ({
    group,
    items: members.map(([value, { words }]) => ({ value, label: words.charAt(0).toUpperCase() + words.slice(1) })),
  }),
);
