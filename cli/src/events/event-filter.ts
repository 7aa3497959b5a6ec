import type { Command } from 'commander';
import { moment } from '../input/option-values.ts';

/** Selects events. */
export interface EventFilter {
  type?: string;
  objectId?: string;
  key?: string;
  status?: string;
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
    .option('--from <when>', 'Received at or after: 2026-03-01T09:15:00Z, or 2h ago', (value) => moment(value))
    .option('--to <when>', 'Received before', (value) => moment(value));
}
