import type { OperationView } from '#sdk';
import { moment } from '../output/moments.ts';
import { plainLine } from '../output/plain-text.ts';

/** The names of a filter's fields, where they differ from those of the API. */
const words: Readonly<Record<string, string>> = {
  eventId: 'event id',
  handlerId: 'handler',
  hasFailures: 'has failures',
  objectId: 'object',
  partitionKey: 'key',
  partitionKeys: 'keys',
  targetId: 'target',
  waitingLongerThan: 'waiting longer than',
};

/** What an operation is about: an event, a list, or a filter. */
export function selectionOf({ eventId, listed, filter }: OperationView): string {
  if (eventId !== null) return `event ${eventId}`;
  if (listed !== null) return `${listed} failure${listed === 1 ? '' : 's'}`;
  const parts = Object.entries(filter).map(([name, value]) => `${words[name] ?? name} ${String(value)}`);
  return parts.length === 0 ? 'all' : parts.join(', ');
}

/** How many have ended, of how many. */
export function doneOf({ done, total }: OperationView): string {
  return `${done}/${total ?? '?'}`;
}

/** An operation on one line. */
export function operationText(operation: OperationView): string {
  const { id, kind, status, succeeded, failed } = operation;
  const counts = status === 'requested' ? '' : `; ${doneOf(operation)} done, ${succeeded} succeeded, ${failed} failed`;
  return plainLine(`${kind} ${id} of ${selectionOf(operation)}: ${status}${counts}`);
}

/** An operation on several lines. */
export function operationDetails(operation: OperationView): string {
  const { canary, perSecond, note, startedAt, finishedAt, cancelledAt } = operation;
  return [
    `operation   ${operation.id}`,
    `kind        ${operation.kind}`,
    `status      ${operation.status}`,
    `about       ${selectionOf(operation)}`,
    `created     ${moment(operation.createdAt)} by ${operation.createdBy}`,
    `started     ${moment(startedAt)}`,
    `finished    ${moment(finishedAt ?? cancelledAt)}`,
    `done        ${doneOf(operation)}`,
    `succeeded   ${operation.succeeded}`,
    `failed      ${operation.failed}`,
    ...(canary === null ? [] : [`canary      ${canary.size}, ${canary.outcome ?? 'no result yet'}`]),
    ...(perSecond === null ? [] : [`per second  ${perSecond}`]),
    ...(note === null ? [] : [`note        ${note}`]),
  ]
    .map(plainLine)
    .join('\n');
}

/** Whether an operation has ended, and none of what it was about has failed. */
export function hasSucceeded({ status, failed }: OperationView): boolean {
  return status === 'finished' && failed === 0;
}
