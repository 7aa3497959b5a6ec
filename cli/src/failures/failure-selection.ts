import type { Command } from 'commander';
import type { FailureFilterInput, FailureReopenInput } from '#sdk';
import { UsageError } from '../cli-error.ts';
import { findHandler } from '../handlers/find-handler.ts';
import { moment } from '../input/option-values.ts';
import type { Session } from '../session.ts';

/** Which failures: some that are listed, or all that match. */
export type FailureSelection = FailureReopenInput;

/** Selects failures. */
export interface FailureFilter {
  handler?: string;
  event?: string;
  reason?: string;
  reached?: string;
  objectId?: string;
  key?: string;
  assignee?: string;
  from?: string;
  to?: string;
}

/** Adds the options that select failures. */
export function withFailureFilter(command: Command): Command {
  return command
    .option('--handler <handler>', 'Of this handler, by name or id')
    .option('--event <type>', 'Event type, such as clients.update')
    .option('--reason <reason>', 'Reason, such as http_status or timeout')
    .option('--reached <answer>', 'Whether the call reached its target: no, maybe or yes')
    .option('--object-id <id>', 'Object id')
    .option('--key <key>', 'Partition key')
    .option('--assignee <name>', 'Assigned to this person')
    .option('--from <when>', 'Failed at or after: 2026-03-01T09:15:00Z, or 2h ago', (value) => moment(value))
    .option('--to <when>', 'Failed before', (value) => moment(value));
}

/** The same, with execution ids before them and `--all` in their place. */
export function withFailureSelection(command: Command): Command {
  return withFailureFilter(
    command.argument('[ids...]', 'Execution ids; without ids the options select the failures'),
  ).option('--all', 'All open failures');
}

/** The filter that options describe. */
export async function filterOf({ client }: Session, options: FailureFilter): Promise<FailureFilterInput> {
  const { handler, event, reason, reached, objectId, key, assignee, from, to } = options;
  const handlerId = handler === undefined ? undefined : (await findHandler(client, handler)).id;
  const filter = { handlerId, event, reason, reached, objectId, partitionKey: key, assignee, from, to };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}

/**
 * The failures that ids or options select.
 *
 * @throws {UsageError} When there are both, or neither.
 */
export async function selectionOf(
  session: Session,
  ids: readonly string[],
  { all, ...options }: FailureFilter & { all?: true },
): Promise<FailureSelection> {
  const filter = await filterOf(session, options);
  const isFiltered = Object.keys(filter).length > 0;
  if (Number(ids.length > 0) + Number(isFiltered) + Number(all ?? false) !== 1)
    throw new UsageError('give either execution ids, options that select failures, or --all');
  return ids.length > 0 ? { executionIds: [...ids] } : { filter };
}
