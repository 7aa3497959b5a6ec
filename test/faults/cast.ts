import type { FailurePolicy } from '#contracts';

/** A handler of the run. */
export interface CastHandler {
  readonly name: string;
  readonly event: string;
  readonly priority: number;
  readonly onFailure: FailurePolicy;
  /** Which of the receivers it calls: one of them may die while the others live. */
  readonly target: number;
}

/** How many receivers the handlers are spread over. */
export const targets = 2;

/** Long enough for a busy machine, short enough to see many timeouts in a minute. */
export const timeoutMs = 2_000;

/** Waits before the second, third, … attempt, milliseconds. */
export const scheduleMs = [200, 400, 800, 1_500] as const;
export const maxAttempts = scheduleMs.length + 1;

/** Every failure policy, first, last and between; several handlers of an event, and one alone. */
export const cast: readonly CastHandler[] = [
  { name: 'update-first', event: 'clients.update', priority: 1, onFailure: 'stop', target: 0 },
  { name: 'update-second', event: 'clients.update', priority: 2, onFailure: 'continue', target: 1 },
  { name: 'update-aside', event: 'clients.update', priority: 3, onFailure: 'detach', target: 0 },
  { name: 'update-last', event: 'clients.update', priority: 4, onFailure: 'stop', target: 1 },
  { name: 'assign-aside', event: 'clients.packages.assign', priority: 1, onFailure: 'detach', target: 1 },
  { name: 'assign-second', event: 'clients.packages.assign', priority: 2, onFailure: 'continue', target: 0 },
  { name: 'assign-last', event: 'clients.packages.assign', priority: 3, onFailure: 'stop', target: 0 },
  { name: 'create-only', event: 'clients.accounts.create', priority: 1, onFailure: 'stop', target: 0 },
];

export const castEvents: readonly string[] = [...new Set(cast.map(({ event }) => event))];

/** The handlers that an event of a type runs, in their order. */
export function planOf(event: string): readonly CastHandler[] {
  return cast.filter((handler) => handler.event === event).toSorted((one, other) => one.priority - other.priority);
}

const byName = new Map(cast.map((handler) => [handler.name, handler]));

/** True for a detached handler, which delays no other work. */
export function isDetached(name: string): boolean {
  return byName.get(name)?.onFailure === 'detach';
}
