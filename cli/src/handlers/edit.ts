import type { Command } from 'commander';
import { isJsonObject } from '#contracts';
import { answerOf, ApiProblem, ifVersion, type ChangedHandlerView, type HandlerView } from '#sdk';
import { UsageError } from '../cli-error.ts';
import { editText } from '../input/editor.ts';
import { readInput } from '../input/read-input.ts';
import { unchecked } from '../input/unchecked.ts';
import { readYaml } from '../input/yaml-source.ts';
import { plainLine } from '../output/plain-text.ts';
import type { InSession, Session } from '../session.ts';
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
  const { client, input, output, environment } = session;
  const handler = await findHandler(client, nameOrId);
  const changed =
    file === undefined
      ? await inEditor(session, handler)
      : await patch(session, handler, await readInput(file, input), file, environment);
  output.result(changed ?? handler, () => {
    const isSame = changed === undefined || changed.version === handler.version;
    return `${plainLine(handler.name)}: ${isSame ? 'no changes' : `saved as version ${changed.version}`}`;
  });
  if (changed) noteWarnings(output, changed.name, changed.warnings);
}

/** Opens the editor until the text is valid or unchanged. */
async function inEditor(session: Session, handler: HandlerView): Promise<ChangedHandlerView | undefined> {
  const name = 'handler.yaml';
  let shown = handlerText(handler);
  for (;;) {
    const text = await editText(shown, name, session.environment);
    if (text === shown) return undefined;
    try {
      return await patch(session, handler, text, name, session.environment);
    } catch (error) {
      const faults = faultsIn(error);
      if (faults === undefined) throw error;
      shown = withFaults(text, faults);
    }
  }
}

async function patch(
  { client }: Session,
  handler: HandlerView,
  text: string,
  file: string,
  environment: NodeJS.ProcessEnv,
): Promise<ChangedHandlerView> {
  const { value } = readYaml(text, file, environment);
  if (!isJsonObject(value)) throw new UsageError(`${file} must contain an object with the fields to change`);
  const params = { path: { id: handler.id }, header: ifVersion(handler) };
  return answerOf(client.PATCH('/api/v1/handlers/{id}', { params, body: unchecked(value) }));
}

/** Faults that another edit can correct. */
function faultsIn(error: unknown): string[] | undefined {
  if (error instanceof ApiProblem && error.fields.length > 0) {
    return error.fields.map(({ field, message }) => `${field} ${message}`);
  }
  if (error instanceof ApiProblem && error.code === 'name-taken') return [error.message];
  if (!(error instanceof UsageError)) return undefined;
  return error.faults.length === 0
    ? [error.message]
    : error.faults.map(({ field, message, place }) => `line ${place?.line ?? 1}: ${field} ${message}`);
}

const mark = '#! ';

function withFaults(text: string, faults: readonly string[]): string {
  const lines = text.split('\n').filter((line) => !line.startsWith(mark));
  const head = [...faults, 'Correct the file, or leave it unchanged to cancel.'];
  return [...head.map((line) => mark + plainLine(line)), ...lines].join('\n');
}
