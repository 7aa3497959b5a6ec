import type { Command } from 'commander';
import { findHandler } from '../handlers/find-handler.ts';
import { withExamples } from '../help/examples.ts';
import { firstItems } from '../input/first-items.ts';
import { moment as momentOption, positiveNumber } from '../input/option-values.ts';
import type { InSession, Session } from '../session.ts';
import { executionsOf, type LogFilter } from './executions.ts';
import { followLog } from './follow.ts';
import { logLine } from './log-line.ts';

interface LogOptions {
  follow?: true;
  limit: number;
  q?: string;
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
  const command = program
    .command('logs')
    .description('Print the execution log, newest last')
    .option('-f, --follow', 'Print new attempts until Ctrl-C')
    .option('-n, --limit <number>', 'Most entries, before following', positiveNumber, 20)
    .option('--q <text>', 'Id of an execution, event or object, or key; or a text in failed attempts (of the last day)')
    .option('--event <type>', 'Event type, such as clients.update')
    .option('--handler <handler>', 'Handler, by name or id')
    .option('--type <type>', 'script or http')
    .option('--status <list>', 'succeeded, failed, waiting, skipped (comma-separated)')
    .option('--object-id <id>', 'Object id')
    .option('--from <when>', 'Began at or after: 2026-03-01T09:15:00Z, or 2h ago', (value) => momentOption(value))
    .option('--to <when>', 'Began before', (value) => momentOption(value))
    .action(inSession(logs));
  withExamples(
    command,
    ['Watch the calls of one handler', "provisor logs --follow --handler 'SIP account'"],
    ['What a target answered', "provisor logs --q 'no such user'"],
    ['Failed executions of today', 'provisor logs --status failed --from 24h --limit 100'],
  );
}

async function logs(session: Session, options: LogOptions): Promise<void> {
  const { client, output } = session;
  const { q, event, handler, type, status, objectId, from, to, limit, follow } = options;
  const handlerId = handler === undefined ? undefined : (await findHandler(client, handler)).id;
  const filter = { q, event, handlerId, type, status, objectId, from, to } as LogFilter;
  const newestFirst = await firstItems(executionsOf(client, filter, limit), limit);
  const known = newestFirst.reverse();
  for (const execution of known) output.line(execution, () => logLine(execution, output));
  if (follow) await followLog(session, filter, known);
}
