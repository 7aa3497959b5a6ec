import type { Command } from 'commander';
import { moment } from '../input/option-values.ts';

/** Which events are meant. */
export interface EventFilter {
  type?: string;
  objectId?: string;
  key?: string;
  status?: string;
  from?: string;
  to?: string;
}

/** Adds the options that say which events are meant. */
export function withEventFilter(command: Command): Command {
  return command
    .option('--type <type>', 'of this event type')
    .option('--object-id <id>', 'of this object')
    .option('--key <key>', 'with this partition key')
    .option('--status <list>', 'succeeded, failed, waiting, duplicate; several with commas')
    .option('--from <when>', 'received since then: a date-time, or how long ago, like 2h', (value) => moment(value))
    .option('--to <when>', 'received before then', (value) => moment(value));
}
