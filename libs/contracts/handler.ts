import type { Hold, Holdable } from './hold.ts';
import type { OutcomeRule } from './outcome-rule.ts';
import type { Task } from './task.ts';

/** Which handlers run: `enabled` ones do, `archived` ones are out of sight and never deleted. */
export const handlerStatuses = ['enabled', 'disabled', 'archived'] as const;
export type HandlerStatus = (typeof handlerStatuses)[number];

/** What the failure of a handler does to the rest: see "Failure" in the documentation of delivery. */
export const failurePolicies = ['stop', 'continue', 'detach'] as const;
export type FailurePolicy = (typeof failurePolicies)[number];

/** How handlers get their events: as billing publishes them, or as CloudEvents 1.0 in JSON. */
export const eventFormats = ['native', 'cloudevents'] as const;
export type EventFormat = (typeof eventFormats)[number];

export interface RetryPolicy {
  /** Attempts in all, the first included. */
  maxAttempts: number;
  /** Waits before the second, third, … attempt, as written durations; the last one serves for all that follow. */
  schedule: string[];
}

/** What of a handler its author decides, in the order in which people see it. */
export interface HandlerFields extends Omit<Holdable, 'hold'> {
  name: string;
  description: string;
  /** Id of the event type. */
  event: string;
  task: Task;
  status: HandlerStatus;
  /** From 1; lower runs first, equal ones in order of creation. */
  priority: number;
  onFailure: FailurePolicy;
  /** How long one attempt may take, everything included. */
  timeoutMs: number;
  retry: RetryPolicy;
  maxConcurrency: number;
  /** In CEL; the handler runs for events of which it is true. Null: for all. */
  condition: string | null;
  /** A written duration: the handler runs for notices of troubles that have lasted this long. Null: at once. */
  lasting: string | null;
  format: EventFormat;
  /** Judges answers: the first rule that is true decides, and where none is, the usual rules do. */
  outcomes: OutcomeRule[];
  /** Values of a successful answer for later handlers of the event: expressions in CEL by the names of the values. */
  keep: Record<string, string>;
}

export type HandlerField = keyof HandlerFields;

/** Configuration that says what to do when events of one type happen. */
export interface Handler extends HandlerFields {
  id: string;
  /** What a person has said about not calling it; null: nothing. */
  hold: Hold | null;
  /** Grows by one with every change. */
  version: number;
}
