import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { stringify } from 'yaml';
import { answerOf, type HandlerSetResultView } from '#sdk';
import { NegativeAnswer, UsageError } from '../../cli-error.ts';
import { collect, wholeNumber } from '../../input/option-values.ts';
import { unchecked } from '../../input/unchecked.ts';
import type { InSession, Session } from '../../session.ts';
import { noteWarnings } from '../warnings.ts';
import { changesText, summaryText } from './change-text.ts';
import { readHandlerFiles, withPlaces } from './handler-files.ts';

interface SetOptions {
  file: string[];
  prune: boolean;
}

interface ApplyOptions extends SetOptions {
  dryRun: boolean;
  revision?: number;
}

/** `handlers export`, `diff` and `apply`: all handlers together, as files. */
export function addHandlerSet(handlers: Command, inSession: InSession): void {
  handlers
    .command('export')
    .description('print all handlers that are not archived as YAML, for "apply"')
    .option('-o, --output <file>', 'write to a file')
    .action(inSession(exportSet));
  withFiles(handlers.command('diff'))
    .description('say what "apply" would change; exit code 1 when there is anything')
    .action(inSession(diff));
  withFiles(handlers.command('apply'))
    .description('make the handlers what the files say, in one change; what is there already stays as it is')
    .option('--dry-run', 'say what would be changed, and change nothing', false)
    .option('--revision <number>', 'only if the catalog is still at this revision', wholeNumber)
    .action(inSession(apply));
}

function withFiles(command: Command): Command {
  return command
    .requiredOption(
      '-f, --file <file>',
      'YAML or JSON with "handlers"; - is the standard input; may be repeated',
      collect,
    )
    .option('--prune', 'archive handlers that are in none of the files', false);
}

async function exportSet({ client, output }: Session, options: { output?: string }): Promise<void> {
  const set = await answerOf(client.GET('/api/v1/handlers/set'));
  const text = stringify({ handlers: set.handlers }, { lineWidth: 0 });
  const written = output.json ? `${JSON.stringify(set, undefined, 2)}\n` : text;
  if (options.output === undefined) output.raw(written);
  else {
    await writeFile(options.output, written).catch((error: unknown) => {
      throw new UsageError(`${options.output!} cannot be written: ${(error as Error).message}`, [], error);
    });
    output.note(`${set.handlers.length} handlers of revision ${set.revision} are in ${options.output}`);
  }
}

async function diff(session: Session, options: SetOptions): Promise<void> {
  const told = await preview(session, options);
  showPreview(told, session);
  if (told.changes.length > 0) throw new NegativeAnswer();
}

async function apply(session: Session, options: ApplyOptions): Promise<void> {
  if (options.dryRun) {
    const told = await preview(session, options);
    if (options.revision !== undefined && options.revision !== told.revision) {
      throw new NegativeAnswer(`the catalog is at revision ${told.revision} by now`);
    }
    showPreview(told, session);
    return;
  }
  const { client } = session;
  const files = await readHandlerFiles(options.file, session);
  const body = { handlers: files.handlers, prune: options.prune };
  const header = options.revision === undefined ? {} : { 'If-Match': `"${options.revision}"` };
  const done = await withPlaces(
    files,
    answerOf(client.PUT('/api/v1/handlers/set', { body: unchecked(body), params: { header } })),
  );
  const { revision } = done;
  show(done, session, `nothing to change; the catalog is at revision ${revision}`, `revision ${revision}`);
}

async function preview(session: Session, options: SetOptions): Promise<HandlerSetResultView> {
  const files = await readHandlerFiles(options.file, session);
  const body = { handlers: files.handlers, prune: options.prune };
  return withPlaces(files, answerOf(session.client.POST('/api/v1/handlers/set/preview', { body: unchecked(body) })));
}

function showPreview(told: HandlerSetResultView, session: Session): void {
  const { revision } = told;
  show(told, session, `nothing would be changed in revision ${revision}`, `of revision ${revision} would be`);
}

function show(result: HandlerSetResultView, { output }: Session, whenNothing: string, head: string): void {
  output.result(result, () => (result.changes.length === 0 ? whenNothing : changesText(result, output)));
  if (result.changes.length > 0) output.note(`${head}: ${summaryText(result)}`);
  for (const { name, warnings } of result.changes) noteWarnings(output, name, warnings);
}
