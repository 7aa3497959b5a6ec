import type { Command } from 'commander';
import { answerOf, type HandlerView } from '#sdk';
import { plainLine } from '../output/plain-text.ts';
import type { InSession, Session } from '../session.ts';
import { findHandler } from './find-handler.ts';
import { noteWarnings } from './warnings.ts';

const changes = [
  ['enable', 'enabled', 'run handlers, by name or id; those that are archived come back, by id'],
  ['disable', 'disabled', 'do not run handlers any more'],
  ['archive', 'archived', 'put handlers out of sight; what the journal says of them stays'],
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
  // All are looked up first: a name that is mistyped must not leave half of them changed.
  const found: HandlerView[] = [];
  for (const name of names) found.push(await findHandler(client, name));
  for (const { id, name, status: before } of found) {
    const call = client.PATCH('/api/v1/handlers/{id}', { params: { path: { id } }, body: { status } });
    const handler = await answerOf(call);
    output.line(handler, () => `${plainLine(name)}: ${status}${before === status ? ' already' : ''}`);
    noteWarnings(output, name, handler.warnings);
  }
}
