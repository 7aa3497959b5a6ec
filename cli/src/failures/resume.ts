import type { Command } from 'commander';
import { answerOf, ApiProblem, type FailureResumePreviewView, type OperationView } from '#sdk';
import { NegativeAnswer, NotThere } from '../cli-error.ts';
import { withExamples } from '../help/examples.ts';
import { confirm } from '../input/confirm.ts';
import { howOf, withOperationOptions, withWaiting, type OperationOptions } from '../operations/operation-options.ts';
import { report } from '../operations/progress.ts';
import { plainLine } from '../output/plain-text.ts';
import type { InSession, Session } from '../session.ts';
import { selectionOf, withFailureSelection, type FailureFilter } from './failure-selection.ts';

const exitCode = '\nExit code 1: not everything succeeded.';

type ResumeOptions = FailureFilter & OperationOptions & { all?: true };

/** `failures resume` */
export function addResume(failures: Command, inSession: InSession): void {
  const command = withOperationOptions(withFailureSelection(failures.command('resume')))
    .description('Continue failed events where they stopped, with the same execution ids')
    .addHelpText('after', exitCode)
    .action(inSession(resume));
  withExamples(
    command,
    ['The URL of a handler is right again', "provisor failures resume --handler 'SIP account' --canary 5"],
    ['At most ten in a second', 'provisor failures resume --reason timeout --per-second 10'],
  );
}

/** `events resume` */
export function addEventResume(events: Command, inSession: InSession): void {
  const command = withWaiting(events.command('resume <ids...>'))
    .description('Continue failed events where they stopped, with the same execution ids')
    .option('--note <text>', 'Why, for others to read')
    .addHelpText('after', `${exitCode}\nContinues after an event that cannot be resumed; the exit code is then 5.`)
    .action(inSession(resumeEvents));
  withExamples(
    command,
    ['What would run?', 'provisor events plan --resume 4711'],
    ['Run it', 'provisor events resume 4711'],
  );
}

async function resume(session: Session, ids: readonly string[], options: ResumeOptions): Promise<void> {
  const selection = await selectionOf(session, ids, options);
  if (!options.yes && selection.filter !== undefined) {
    const preview = await answerOf(session.client.POST('/api/v1/failures/resume/preview', { body: selection }));
    if (preview.failures === 0) throw new NegativeAnswer('no open failures match');
    if (!(await confirm(question(preview), session.input))) throw new NegativeAnswer('nothing was resumed');
  }
  const body = { ...selection, ...howOf(options) };
  await report(session, [await answerOf(session.client.POST('/api/v1/failures/resume', { body }))], options.wait);
}

function question({ failures, events, keys, maybe }: FailureResumePreviewView): string {
  const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
  const twice = maybe === 0 ? '' : ` ${counted(maybe, 'call')} may have arrived and would be made twice.`;
  return `Resume ${counted(failures, 'failure')} of ${counted(events, 'event')} and ${counted(keys, 'key')}?${twice}`;
}

/**
 * Resumes each event, and reports each that cannot be resumed.
 *
 * @throws {NotThere} At the end, when there was one.
 */
async function resumeEvents(
  session: Session,
  ids: readonly string[],
  { note, wait }: { note?: string; wait: boolean },
): Promise<void> {
  const { client, output } = session;
  const operations: OperationView[] = [];
  for (const id of ids) {
    try {
      const body = note === undefined ? {} : { note };
      operations.push(await answerOf(client.POST('/api/v1/events/{id}/resume', { params: { path: { id } }, body })));
    } catch (error) {
      if (!(error instanceof ApiProblem) || (error.status !== 404 && error.status !== 409)) throw error;
      output.line({ id, result: error.code }, () => plainLine(error.message));
    }
  }
  await report(session, operations, wait);
  const refused = ids.length - operations.length;
  if (refused > 0) throw new NotThere(`${refused} of ${ids.length} events: nothing to resume`);
}
