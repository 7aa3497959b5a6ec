import type { Command } from 'commander';
import { answerOf, ifVersion, type ChangedHandlerView } from '#sdk';
import { editResource } from '../input/edit-resource.ts';
import { unchecked } from '../input/unchecked.ts';
import { plainLine } from '../output/plain-text.ts';
import type { InSession, Session } from '../session.ts';
import { namesOfTargets, withTargetId } from '../targets/find-target.ts';
import { findHandler } from './find-handler.ts';
import { handlerText } from './handler-text.ts';
import { noteWarnings } from './warnings.ts';

/** `handlers edit` */
export function addEdit(handlers: Command, inSession: InSession): void {
  handlers
    .command('edit <handler>')
    .description('Edit a handler in your editor, or change it from a file')
    .option('-f, --file <file>', 'Change only the fields in this file (-: standard input)')
    .action(inSession(edit));
}

async function edit(session: Session, nameOrId: string, { file }: { file?: string }): Promise<void> {
  const { client, output } = session;
  const handler = await findHandler(client, nameOrId);
  const params = { path: { id: handler.id }, header: ifVersion(handler) };
  const changed = await editResource<ChangedHandlerView>(
    session,
    {
      text: handlerText(handler, { targetNames: await namesOfTargets(client, [handler.task]) }),
      fileName: 'handler.yaml',
      save: async (fields) => {
        const body = unchecked(await withTargetId(client, fields));
        return answerOf(client.PATCH('/api/v1/handlers/{id}', { params, body }));
      },
    },
    file,
  );
  output.result(changed ?? handler, () => {
    const isSame = changed === undefined || changed.version === handler.version;
    return `${plainLine(handler.name)}: ${isSame ? 'no changes' : `saved as version ${changed.version}`}`;
  });
  if (changed) noteWarnings(output, changed.name, changed.warnings);
}
