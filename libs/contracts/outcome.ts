/** How one attempt ended: `retryable` may succeed when tried again, `permanent` will not. */
export const outcomeKinds = ['success', 'retryable', 'permanent'] as const;
export type OutcomeKind = (typeof outcomeKinds)[number];

/** Where an execution stands; `waiting`: its next attempt is in the slow lane. */
export const executionStatuses = ['succeeded', 'failed', 'waiting', 'skipped'] as const;
export type ExecutionStatus = (typeof executionStatuses)[number];

/** Where an event stands; `duplicate`: its id was seen before, and nothing was run. */
export const eventStatuses = ['succeeded', 'failed', 'waiting', 'duplicate'] as const;
export type EventStatus = (typeof eventStatuses)[number];

/**
 * Whether a call reached its target. `no`: nothing was sent. `maybe`: something was sent, and no complete answer came.
 * `yes`: the target answered, or the script was started.
 */
export const reachedKinds = ['no', 'maybe', 'yes'] as const;
export type Reached = (typeof reachedKinds)[number];
