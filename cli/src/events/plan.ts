import type { Command } from 'commander';
import { partitionKeyHeader } from '#contracts';
import { answerOf, type EventInput, type EventPlanView, type NotRunHandlerView, type PlannedHandlerView } from '#sdk';
import { UsageError } from '../cli-error.ts';
import { callsOf } from '../handlers/task-types.ts';
import { withExamples } from '../help/examples.ts';
import { readInput } from '../input/read-input.ts';
import type { Output } from '../output/output.ts';
import { plainLine } from '../output/plain-text.ts';
import type { Column } from '../output/table.ts';
import type { InSession, Session } from '../session.ts';
import { namesOfTargets, type TargetNames } from '../targets/find-target.ts';
import { eventBody, withEventOptions, type EventOptions } from './event-body.ts';

interface PlanOptions extends EventOptions {
  file?: string;
  key?: string;
  resume?: string;
}

const reasons: Readonly<Record<NotRunHandlerView['reason'], string>> = {
  condition_unmet: 'condition is false',
  condition_failed: 'condition failed',
  disabled: 'disabled',
  archived: 'archived',
  succeeded: 'succeeded',
  settled: 'settled by a person',
  waiting: 'retries in the background',
  earlier_failed: 'skipped, and a replay settled the failure before it',
};

const runsWith = (targetNames: TargetNames): readonly Column<PlannedHandlerView>[] => [
  { title: 'order', align: 'right', value: ({ position }) => position },
  { title: 'handler', cut: 'end', value: ({ handler }) => handler.name },
  { title: 'calls', cut: 'start', value: ({ handler }) => callsOf(handler.task, targetNames) },
];

const notRun: readonly Column<NotRunHandlerView>[] = [
  { title: 'handler', cut: 'end', value: ({ handler }) => handler.name },
  {
    title: 'reason',
    cut: 'end',
    value: ({ reason, message }) =>
      reason === 'condition_failed' && message !== null ? `${reasons[reason]}: ${message}` : reasons[reason],
  },
];

/** `events plan` */
export function addPlan(events: Command, inSession: InSession): void {
  const command = withEventOptions(
    events
      .command('plan')
      .description('Show which handlers would run for an event, without running them')
      .option('-f, --file <file>', 'JSON of one event (-: standard input)')
      .option('--resume <id>', 'Which handlers a resume of this event would run'),
  ).action(inSession(plan));
  withExamples(
    command,
    [
      'Which handlers would run for this event?',
      'provisor events plan --type clients.update --data \'{"id": 12, "status": "active"}\'',
    ],
    ['Which handlers would a resume run?', 'provisor events plan --resume 4711'],
  );
}

async function plan({ client, output, input }: Session, options: PlanOptions): Promise<void> {
  const body = await bodyOf(options, input);
  const planned = await answerOf(
    client.POST('/api/v1/events/plan', {
      params: { header: options.key === undefined ? {} : { [partitionKeyHeader]: options.key } },
      headers: { 'content-type': 'application/json' },
      body: body as unknown as EventInput,
      // As it was written: parsed and printed, long numbers would lose digits.
      bodySerializer: (text: unknown) => text as string,
    }),
  );
  const tasks = planned.handlers.map(({ handler }) => handler.task);
  const targetNames = await namesOfTargets(client, tasks);
  output.result(planned, () => planText(planned, targetNames, output));
}

/** @throws {UsageError} When there is more than one of an event, a file and an id. */
async function bodyOf({ resume, file, ...event }: PlanOptions, input: Session['input']): Promise<string> {
  if (resume === undefined) return file === undefined ? eventBody(event) : readInput(file, input);
  if (file !== undefined || Object.keys(event).length > 0)
    throw new UsageError('give either --resume, or the options of an event');
  return JSON.stringify({ resume });
}

function planText(
  { event, revision, handlers, notRun: others }: EventPlanView,
  targetNames: TargetNames,
  output: Output,
): string {
  const head = plainLine(`${event.type} ${event.objectId}, partition key ${event.partitionKey}, revision ${revision}`);
  const first = handlers.length === 0 ? 'No handler would run.' : output.table(handlers, runsWith(targetNames));
  const second = others.length === 0 ? [] : ['', 'Would not run:', output.table(others, notRun)];
  return [head, '', first, ...second].join('\n');
}
