import type { Command } from 'commander';
import { moment } from '../input/option-values.ts';

/** Selects events. */
export interface EventFilter {
  type?: string;
  objectId?: string;
  key?: string;
  status?: string;
  hasFailed?: true;
  from?: string;
  to?: string;
}

/** Adds the options that select events. */
export function withEventFilter(command: Command): Command {
  return command
    .option('--type <type>', 'Event type, such as clients.update')
    .option('--object-id <id>', 'Object id')
    .option('--key <key>', 'Partition key')
    .option('--status <list>', 'succeeded, failed, waiting, duplicate (comma-separated)')
    .option('--has-failed', 'Only events with a failed handler, also while other handlers wait')
    .option('--from <when>', 'Received at or after: 2026-03-01T09:15:00Z, or 2h ago', (value) => moment(value))
    .option('--to <when>', 'Received before', (value) => moment(value));
}

/** The filter of the REST API that the options select. */
export function eventFilter(options: EventFilter) {
  const { type, objectId, key, status, hasFailed, from, to } = options;
  return { type, objectId, partitionKey: key, status, hasFailures: hasFailed, from, to };
}
