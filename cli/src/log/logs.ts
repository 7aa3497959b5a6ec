import type { Command } from 'commander';
import { findHandler } from '../handlers/find-handler.ts';
import { firstItems } from '../input/first-items.ts';
import { moment as momentOption, positiveNumber } from '../input/option-values.ts';
import type { InSession, Session } from '../session.ts';
import { executionsOf, type LogFilter } from './executions.ts';
import { followLog } from './follow.ts';
import { logLine } from './log-line.ts';

interface LogOptions {
  follow?: true;
  limit: number;
  event?: string;
  handler?: string;
  type?: string;
  status?: string;
  objectId?: string;
  from?: string;
  to?: string;
}

/** `provisor logs` */
export function addLogs(program: Command, inSession: InSession): void {
  program
    .command('logs')
    .description('print the execution log, the newest last')
    .option('-f, --follow', 'go on, with each new attempt as it is in the journal')
    .option('-n, --limit <number>', 'how many at most, before following', positiveNumber, 20)
    .option('--event <type>', 'of events of this type')
    .option('--handler <handler>', 'of this handler, by name or id')
    .option('--type <type>', 'script or http')
    .option('--status <list>', 'succeeded, failed, waiting, skipped; several with commas')
    .option('--object-id <id>', 'of this object')
    .option('--from <when>', 'since then: a date-time, or how long ago, like 2h', (value) => momentOption(value))
    .option('--to <when>', 'before then', (value) => momentOption(value))
    .action(inSession(logs));
}

async function logs(session: Session, options: LogOptions): Promise<void> {
  const { client, output } = session;
  const { event, handler, type, status, objectId, from, to, limit, follow } = options;
  const handlerId = handler === undefined ? undefined : (await findHandler(client, handler)).id;
  const filter = { event, handlerId, type, status, objectId, from, to } as LogFilter;
  const newestFirst = await firstItems(executionsOf(client, filter, limit), limit);
  const known = newestFirst.reverse();
  for (const execution of known) output.line(execution, () => logLine(execution, output));
  if (follow) await followLog(session, filter, known);
}
