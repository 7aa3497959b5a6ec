import type { Command } from 'commander';
import { answerOf, type HandlerView } from '#sdk';
import { plainLine } from '../output/plain-text.ts';
import type { InSession, Session } from '../session.ts';
import { findHandler } from './find-handler.ts';
import { noteWarnings } from './warnings.ts';

const changes = [
  ['enable', 'enabled', 'Enable handlers, by name or id; restores archived ones'],
  ['disable', 'disabled', 'Disable handlers; their waiting calls are given up'],
  ['archive', 'archived', 'Archive handlers; the journal keeps their executions'],
] as const;

/** `handlers enable`, `disable` and `archive` */
export function addStatusChanges(handlers: Command, inSession: InSession): void {
  for (const [name, status, description] of changes) {
    handlers
      .command(`${name} <handlers...>`)
      .description(description)
      .action(inSession((session, names: string[]) => setStatus(session, names, status)));
  }
}

async function setStatus(
  { client, output }: Session,
  names: readonly string[],
  status: HandlerView['status'],
): Promise<void> {
  // All are looked up first: a mistyped name must not leave some of the handlers changed.
  const found: HandlerView[] = [];
  for (const name of names) found.push(await findHandler(client, name));
  for (const { id, name, status: before } of found) {
    const call = client.PATCH('/api/v1/handlers/{id}', { params: { path: { id } }, body: { status } });
    const handler = await answerOf(call);
    output.line(handler, () => `${plainLine(name)}: ${before === status ? 'already ' : ''}${status}`);
    noteWarnings(output, name, handler.warnings);
  }
}
