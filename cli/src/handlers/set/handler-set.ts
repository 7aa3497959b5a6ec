import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { answerOf, type HandlerSetResultView } from '#sdk';
import { NegativeAnswer, UsageError } from '../../cli-error.ts';
import { withExamples } from '../../help/examples.ts';
import { collect, wholeNumber } from '../../input/option-values.ts';
import { unchecked } from '../../input/unchecked.ts';
import type { InSession, Session } from '../../session.ts';
import { noteWarnings } from '../warnings.ts';
import { changesText, summaryText } from './change-text.ts';
import { handlersYaml } from './handlers-yaml.ts';
import { readHandlerFiles, withPlaces, type HandlerFiles } from './handler-files.ts';

interface SetOptions {
  file: string[];
  prune?: true;
}

interface ApplyOptions extends SetOptions {
  dryRun?: true;
  revision?: number;
}

/** `handlers export`, `diff` and `apply`: all handlers and targets in files. */
export function addHandlerSet(handlers: Command, inSession: InSession): void {
  handlers
    .command('export')
    .description('Print all handlers and targets as YAML; defaults are left out')
    .option('-o, --output <file>', 'Write to this file')
    .action(inSession(exportSet));
  withFiles(handlers.command('diff'))
    .description('Show what "apply" would change')
    .addHelpText('after', '\nExit code 1: the files and the registry differ.')
    .action(inSession(diff));
  const applying = withFiles(handlers.command('apply'))
    .description('Create and change handlers and targets to match files, all in one change')
    .option('--dry-run', 'Show the changes without making them')
    .option('--revision <number>', 'Apply only if the catalog has this revision', wholeNumber)
    .action(inSession(apply));
  withExamples(
    applying,
    ['Start a file from the handlers that exist', 'provisor handlers export -o handlers.yaml'],
    ['Review the changes', 'provisor handlers diff -f handlers.yaml --prune'],
    ['Make them', 'provisor handlers apply -f handlers.yaml --prune'],
  );
}

function withFiles(command: Command): Command {
  return command
    .requiredOption(
      '-f, --file <file>',
      'YAML or JSON with "handlers", "targets" (-: standard input; repeatable)',
      collect,
    )
    .option('--prune', 'Archive handlers that are in none of the files; with "targets", delete targets too');
}

async function exportSet({ client, output }: Session, options: { output?: string }): Promise<void> {
  const set = await answerOf(client.GET('/api/v1/handlers/set'));
  const written = output.json ? `${JSON.stringify(set, undefined, 2)}\n` : handlersYaml(set);
  if (options.output === undefined) output.raw(written);
  else {
    await writeFile(options.output, written).catch((error: unknown) => {
      throw new UsageError(`cannot write ${options.output!}: ${(error as Error).message}`, [], error);
    });
    const targets = set.targets.length > 0 ? ` and ${set.targets.length} targets` : '';
    output.note(`wrote ${set.handlers.length} handlers${targets} of revision ${set.revision} to ${options.output}`);
  }
}

async function diff(session: Session, options: SetOptions): Promise<void> {
  const told = await preview(session, options);
  showPreview(told, session);
  if (hasChanges(told)) throw new NegativeAnswer();
}

async function apply(session: Session, options: ApplyOptions): Promise<void> {
  if (options.dryRun) {
    const told = await preview(session, options);
    if (options.revision !== undefined && options.revision !== told.revision) {
      throw new NegativeAnswer(`the catalog changed: it has revision ${told.revision} now`);
    }
    showPreview(told, session);
    return;
  }
  const { client } = session;
  const files = await readHandlerFiles(options.file, session);
  const body = bodyOf(files, options);
  const header = options.revision === undefined ? {} : { 'If-Match': `"${options.revision}"` };
  const done = await withPlaces(
    files,
    answerOf(client.PUT('/api/v1/handlers/set', { body: unchecked(body), params: { header } })),
  );
  const { revision } = done;
  show(done, session, `no changes; the catalog has revision ${revision}`, `revision ${revision}`);
}

function bodyOf({ handlers, targets }: HandlerFiles, { prune = false }: { prune?: boolean }): object {
  return { handlers, ...(targets !== undefined && { targets }), prune };
}

async function preview(session: Session, options: SetOptions): Promise<HandlerSetResultView> {
  const files = await readHandlerFiles(options.file, session);
  const body = bodyOf(files, options);
  return withPlaces(files, answerOf(session.client.POST('/api/v1/handlers/set/preview', { body: unchecked(body) })));
}

function showPreview(told: HandlerSetResultView, session: Session): void {
  const { revision } = told;
  show(told, session, `no changes; the catalog has revision ${revision}`, `would change revision ${revision}`);
}

function hasChanges({ changes, targets }: HandlerSetResultView): boolean {
  return changes.length > 0 || targets.changes.length > 0;
}

function show(result: HandlerSetResultView, { output }: Session, whenNothing: string, head: string): void {
  output.result(result, () => (hasChanges(result) ? changesText(result, output) : whenNothing));
  if (hasChanges(result)) output.note(`${head}: ${summaryText(result)}`);
  for (const { name, warnings } of result.changes) noteWarnings(output, name, warnings);
}
