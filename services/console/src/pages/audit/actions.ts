import type { AuditEntryView } from '#contracts/rest-api';

export type Action = AuditEntryView['action'];

interface ActionWords {
  group: string;
  words: string;
}

/** Every action of the audit in words, by what it is done to. */
export const actions: Readonly<Record<Action, ActionWords>> = {
  'handler.create': { group: 'Handlers', words: 'created a handler' },
  'handler.update': { group: 'Handlers', words: 'changed a handler' },
  'handler.archive': { group: 'Handlers', words: 'archived a handler' },
  'handler.restore': { group: 'Handlers', words: 'restored a handler' },
  'handler.order': { group: 'Handlers', words: 'changed the order' },
  'handler.test': { group: 'Handlers', words: 'tested a handler' },
  'handler.hold': { group: 'Handlers', words: 'held a handler' },
  'handler.release': { group: 'Handlers', words: 'released a handler' },
  'handler.signing_secret.make': { group: 'Handlers', words: 'created a signing secret' },
  'handler.signing_secret.revoke': { group: 'Handlers', words: 'revoked a signing secret' },
  'target.create': { group: 'Targets', words: 'created a target' },
  'target.update': { group: 'Targets', words: 'changed a target' },
  'target.delete': { group: 'Targets', words: 'deleted a target' },
  'target.hold': { group: 'Targets', words: 'held a target' },
  'target.release': { group: 'Targets', words: 'released a target' },
  'target.probe': { group: 'Targets', words: 'probed a target' },
  'event.publish': { group: 'Events', words: 'published an event' },
  'event.replay': { group: 'Events', words: 'replayed an event' },
  'event.resume': { group: 'Events', words: 'resumed an event' },
  'replay.create': { group: 'Events', words: 'started a replay' },
  'replay.cancel': { group: 'Events', words: 'cancelled a replay' },
  'deferral.retry': { group: 'Waiting', words: 'retried a key' },
  'deferral.skip': { group: 'Waiting', words: 'skipped an execution' },
  'deferrals.retry': { group: 'Waiting', words: 'retried many keys' },
  'deferrals.skip': { group: 'Waiting', words: 'skipped many executions' },
  'failures.settle': { group: 'Failures', words: 'settled failures' },
  'failures.reopen': { group: 'Failures', words: 'reopened failures' },
  'failures.assign': { group: 'Failures', words: 'assigned failures' },
  'failures.resume': { group: 'Failures', words: 'resumed failures' },
  'operation.cancel': { group: 'Operations', words: 'cancelled an operation' },
  'catalog.reload': { group: 'Executors', words: 'reloaded the executors' },
  'api_key.create': { group: 'Access', words: 'created an API key' },
  'api_key.revoke': { group: 'Access', words: 'revoked an API key' },
  'session.begin': { group: 'Access', words: 'signed in' },
  'session.end': { group: 'Access', words: 'signed out' },
};

/** The actions that change how Provisor works, and not only what it does once. */
export const configurationActions: readonly Action[] = [
  'handler.create',
  'handler.update',
  'handler.archive',
  'handler.restore',
  'handler.order',
  'handler.signing_secret.make',
  'handler.signing_secret.revoke',
  'handler.hold',
  'handler.release',
  'target.create',
  'target.update',
  'target.delete',
  'target.hold',
  'target.release',
  'api_key.create',
  'api_key.revoke',
];

/** For a list to choose from. */
export const actionChoices = [...Map.groupBy(Object.entries(actions), ([, { group }]) => group)].map(
  ([group, members]) => ({
    group,
    items: members.map(([value, { words }]) => ({ value, label: words.charAt(0).toUpperCase() + words.slice(1) })),
  }),
);
