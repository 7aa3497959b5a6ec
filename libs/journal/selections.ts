import { lowestIdAt, readMoment, type DeferralFilter, type FailureFilter } from '#contracts';

// What an operation is about is found here for both services: an executor acts on just what the registry has shown.

/** Adds a value to those of a statement, and returns its place in the text, such as `$3`. */
export type Parameter = (value: unknown) => string;

/**
 * Conditions on rows of `failures`.
 *
 * @throws {RangeError} When a time of the filter is not a time.
 */
export function failureConditions(filter: FailureFilter, parameter: Parameter): string[] {
  const { eventId, handlerId, event, reason, reached, objectIds, partitionKey, assignee, from, to } = filter;
  const conditions: string[] = [];
  if (eventId !== undefined) conditions.push(`event_id = ${parameter(eventId)}`);
  if (handlerId !== undefined) conditions.push(`handler_id = ${parameter(handlerId)}`);
  if (event !== undefined) conditions.push(`event_type = ${parameter(event)}`);
  if (reason !== undefined) conditions.push(`reason = ${parameter(reason)}`);
  if (reached !== undefined) conditions.push(`reached = ${parameter(reached)}`);
  if (objectIds !== undefined) conditions.push(`object_id = any(${parameter(objectIds)})`);
  if (partitionKey !== undefined) conditions.push(`partition_key = ${parameter(partitionKey)}`);
  if (assignee !== undefined) conditions.push(`assignee = ${parameter(assignee)}`);
  // By the ids as well, in whose order the failures are listed.
  if (from !== undefined) {
    const time = momentOf(from);
    conditions.push(`failed_at >= ${parameter(time)}`, `id >= ${parameter(lowestIdAt(time.getTime() - slackMs))}`);
  }
  if (to !== undefined) {
    const time = momentOf(to);
    conditions.push(`failed_at < ${parameter(time)}`, `id < ${parameter(lowestIdAt(time.getTime() + slackMs))}`);
  }
  return conditions;
}

/** Conditions on rows of `deferral_keys`. */
export function deferralConditions(filter: DeferralFilter, parameter: Parameter): string[] {
  const { handlerId, targetId, reason, waitingLongerThanMs, partitionKeys } = filter;
  const conditions: string[] = [];
  if (handlerId !== undefined) conditions.push(`handler_id = ${parameter(handlerId)}`);
  if (targetId !== undefined) {
    // As text: the index on handlers is.
    conditions.push(
      `handler_id in (select handlers.id from handlers where handlers.task ->> 'target' = ${parameter(targetId)}::text)`,
    );
  }
  if (reason !== undefined) {
    const given = parameter(reason);
    conditions.push(`(reason = ${given} or cause = ${given})`);
  }
  if (waitingLongerThanMs !== undefined) {
    conditions.push(`waiting_since < now() - make_interval(secs => ${parameter(waitingLongerThanMs / 1000)})`);
  }
  if (partitionKeys !== undefined) {
    // A detached execution waits under its own id.
    const keys = parameter(partitionKeys);
    conditions.push(`(key = any(${keys}) or detached and exists (
      select from deferrals where deferrals.key = deferral_keys.key and partition_key = any(${keys})))`);
  }
  return conditions;
}

/** How far the time in a row's id and the time in its column may lie apart, milliseconds. */
export const slackMs = 60_000;

/** @throws {RangeError} When the text is not a time. */
export function momentOf(text: string): Date {
  const time = readMoment(text);
  if (typeof time === 'string') throw new RangeError(`${JSON.stringify(text)} is no time: it ${time}`);
  return new Date(time);
}
