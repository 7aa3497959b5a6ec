import { Option, type Command } from 'commander';
import { answerOf, type FailureSettlementInput } from '#sdk';
import { NegativeAnswer, UsageError } from '../cli-error.ts';
import { withExamples } from '../help/examples.ts';
import { confirm } from '../input/confirm.ts';
import type { InSession, Session } from '../session.ts';
import { selectionOf, withFailureSelection, type FailureFilter, type FailureSelection } from './failure-selection.ts';

interface DecisionOptions extends FailureFilter {
  all?: true;
  yes?: true;
}

type SettleOptions = DecisionOptions & { as: FailureSettlementInput['as']; note?: string };
type AssignOptions = DecisionOptions & { person?: string; unassign?: true };

/** `failures settle`, `failures reopen` and `failures assign` */
export function addDecisions(failures: Command, inSession: InSession): void {
  const settle = withDecisionOptions(failures.command('settle'))
    .description('Settle open failures: done by hand, or ignored')
    .addOption(new Option('--as <how>', 'How').choices(['done_by_hand', 'ignored']).makeOptionMandatory())
    .option('--note <text>', 'Why, for others to read')
    .action(inSession(settleFailures));
  withExamples(
    settle,
    [
      'One failure',
      "provisor failures settle 0193a7c1-d2e3-7000-8000-000000000001 --as done_by_hand \\\n      --note 'account made by hand'",
    ],
    ['All of a handler that is no longer needed', "provisor failures settle --handler 'Old CRM' --as ignored"],
  );
  withDecisionOptions(failures.command('reopen'))
    .description('Reopen failures that a person settled')
    .action(inSession(reopen));
  const assign = withDecisionOptions(failures.command('assign'))
    .description('Assign open failures to a person')
    .option('--person <name>', 'Who sees to them from now on')
    .option('--unassign', 'Remove the assignee')
    .action(inSession(assignFailures));
  withExamples(assign, ['All time-outs', 'provisor failures assign --reason timeout --person Anna']);
}

function withDecisionOptions(command: Command): Command {
  return withFailureSelection(command).option('-y, --yes', 'Do not ask for confirmation');
}

async function settleFailures(session: Session, ids: readonly string[], options: SettleOptions): Promise<void> {
  const { as, note, yes } = options;
  const selection = await selectionOf(session, ids, options);
  await askAbout(session, selection, 'Settle', yes);
  const body = { ...selection, as, ...(note !== undefined && { note }) };
  tell(session, await answerOf(session.client.POST('/api/v1/failures/settle', { body })), 'settled');
}

async function reopen(session: Session, ids: readonly string[], options: DecisionOptions): Promise<void> {
  const body = await selectionOf(session, ids, options);
  if (!options.yes && body.filter !== undefined && !(await confirm('Reopen all failures that match?', session.input)))
    throw new NegativeAnswer('nothing was changed');
  tell(session, await answerOf(session.client.POST('/api/v1/failures/reopen', { body })), 'reopened');
}

async function assignFailures(session: Session, ids: readonly string[], options: AssignOptions): Promise<void> {
  const { person, unassign, yes } = options;
  if ((person === undefined) === (unassign === undefined)) throw new UsageError('give either --person or --unassign');
  const selection = await selectionOf(session, ids, options);
  await askAbout(session, selection, 'Assign', yes);
  const body = { ...selection, assignee: person ?? null };
  tell(session, await answerOf(session.client.POST('/api/v1/failures/assign', { body })), 'assigned');
}

/**
 * Asks before a change of all that match a filter, with their number.
 *
 * @throws {NegativeAnswer} When there are none, or the answer is no.
 */
async function askAbout(
  { client, input }: Session,
  selection: FailureSelection,
  verb: string,
  yes: true | undefined,
): Promise<void> {
  if (yes || selection.filter === undefined) return;
  const { failures } = await answerOf(client.POST('/api/v1/failures/resume/preview', { body: selection }));
  if (failures === 0) throw new NegativeAnswer('no open failures match');
  if (!(await confirm(`${verb} ${failures} failure${failures === 1 ? '' : 's'}?`, input)))
    throw new NegativeAnswer('nothing was changed');
}

function tell({ output }: Session, result: { changed: number }, done: string): void {
  const { changed } = result;
  output.result(result, () => `${changed} failure${changed === 1 ? '' : 's'} ${done}`);
}
