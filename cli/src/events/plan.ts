import type { Command } from 'commander';
import { partitionKeyHeader } from '#contracts';
import { answerOf, type EventInput, type EventPlanView, type NotRunHandlerView, type PlannedHandlerView } from '#sdk';
import { callsOf } from '../handlers/task-types.ts';
import { withExamples } from '../help/examples.ts';
import { readInput } from '../input/read-input.ts';
import type { Output } from '../output/output.ts';
import { plainLine } from '../output/plain-text.ts';
import type { Column } from '../output/table.ts';
import type { InSession, Session } from '../session.ts';
import { eventBody, withEventOptions, type EventOptions } from './event-body.ts';

interface PlanOptions extends EventOptions {
  file?: string;
  key?: string;
}

const reasons: Readonly<Record<NotRunHandlerView['reason'], string>> = {
  condition_unmet: 'condition is false',
  condition_failed: 'condition failed',
  disabled: 'disabled',
  archived: 'archived',
};

const runs: readonly Column<PlannedHandlerView>[] = [
  { title: 'order', align: 'right', value: ({ position }) => position },
  { title: 'handler', cut: 'end', value: ({ handler }) => handler.name },
  { title: 'calls', cut: 'start', value: ({ handler }) => callsOf(handler.task) },
];

const notRun: readonly Column<NotRunHandlerView>[] = [
  { title: 'handler', cut: 'end', value: ({ handler }) => handler.name },
  {
    title: 'reason',
    cut: 'end',
    value: ({ reason, message }) => (message === null ? reasons[reason] : `${reasons[reason]}: ${message}`),
  },
];

/** `events plan` */
export function addPlan(events: Command, inSession: InSession): void {
  const command = withEventOptions(
    events
      .command('plan')
      .description('Show which handlers would run for an event, without running them')
      .option('-f, --file <file>', 'JSON of one event (-: standard input)'),
  ).action(inSession(plan));
  withExamples(command, [
    'Which handlers would run for this event?',
    'provisor events plan --type clients.update --data \'{"id": 12, "status": "active"}\'',
  ]);
}

async function plan({ client, output, input }: Session, options: PlanOptions): Promise<void> {
  const body = options.file === undefined ? eventBody(options) : await readInput(options.file, input);
  const planned = await answerOf(
    client.POST('/api/v1/events/plan', {
      params: { header: options.key === undefined ? {} : { [partitionKeyHeader]: options.key } },
      headers: { 'content-type': 'application/json' },
      body: body as unknown as EventInput,
      // As it was written: parsed and printed, long numbers would lose digits.
      bodySerializer: (text: unknown) => text as string,
    }),
  );
  output.result(planned, () => planText(planned, output));
}

function planText({ event, revision, handlers, notRun: others }: EventPlanView, output: Output): string {
  const head = plainLine(`${event.type} ${event.objectId}, partition key ${event.partitionKey}, revision ${revision}`);
  const first = handlers.length === 0 ? 'No handler would run.' : output.table(handlers, runs);
  const second = others.length === 0 ? [] : ['', 'Would not run:', output.table(others, notRun)];
  return [head, '', first, ...second].join('\n');
}
