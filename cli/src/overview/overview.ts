import { Option, type Command } from 'commander';
import { answerOf, type AttentionView, type HoldPeriodView, type OverviewView } from '#sdk';
import { duration, moment } from '../output/moments.ts';
import type { Output } from '../output/output.ts';
import { plainLine } from '../output/plain-text.ts';
import type { InSession, Session } from '../session.ts';

/** Each problem in words, and the command that shows more. */
const problems: Readonly<Record<AttentionView['kind'], readonly [text: (count: number) => string, next: string]>> = {
  no_executor: [() => 'no executor is running; events are not handled', 'provisor executors'],
  circuit_open: [
    (count) => `${count} ${plural(count, 'handler')} or ${plural(count, 'target')} with an open circuit breaker`,
    'provisor executors',
  ],
  executors_behind: [
    (count) => `${count} ${plural(count, 'executor')} with an old catalog revision`,
    'provisor executors',
  ],
  handlers_failing: [(count) => `${count} failing ${plural(count, 'handler')}`, 'provisor logs --status failed'],
  keys_waiting: [(count) => `${count} ${plural(count, 'key')} waiting for over an hour`, 'provisor deferrals'],
  messages_rejected: [(count) => `${count} rejected ${plural(count, 'message')}`, 'provisor rejected'],
};

/** `provisor overview` */
export function addOverview(program: Command, inSession: InSession): void {
  program
    .command('overview')
    .description('Show problems that need attention, and key figures')
    .addOption(new Option('--window <window>', 'Time that the figures cover').choices(['hour', 'day']).default('hour'))
    .addHelpText('after', '\nExit code 0, with or without problems.')
    .action(inSession(overview));
}

async function overview({ client, output }: Session, { window }: { window: OverviewView['window'] }): Promise<void> {
  const seen = await answerOf(client.GET('/api/v1/overview', { params: { query: { window } } }));
  output.result(seen, () => overviewText(seen, output));
}

function overviewText(seen: OverviewView, output: Output): string {
  const {
    events,
    executions,
    duration: calls,
    waiting,
    executors,
    handlers,
    rejected,
    attention,
    openFailures,
    holds,
  } = seen;
  const since = waiting.oldestSince === null ? '' : `, oldest since ${moment(waiting.oldestSince)}`;
  const median = calls.p50Ms === null ? 'no calls' : `median ${duration(calls.p50Ms)}, p95 ${duration(calls.p95Ms)}`;
  const behind = executors.behind > 0 ? `, ${executors.behind} behind` : '';
  const problemLines = [...attention.map(problem), ...failures()];
  return [
    ...(problemLines.length === 0 ? [output.styled('green', 'Nothing needs attention.')] : problemLines),
    '',
    `Last ${seen.window}`,
    `  events      ${events.received} received: ${events.succeeded} succeeded, ${events.failed} failed, ` +
      `${events.waiting} waiting`,
    `  duplicates  ${events.duplicates}`,
    `  rejected    ${rejected}`,
    `  executions  ${executions.succeeded} succeeded, ${executions.failed} failed, ${executions.skipped} skipped, ` +
      `${executions.retried} retries`,
    `  calls       ${median}`,
    'Now',
    `  waiting     ${waiting.events} ${plural(waiting.events, 'event')} of ${waiting.keys} ` +
      `${plural(waiting.keys, 'key')}${since}`,
    `  executors   ${executors.running} running, catalog revision ${executors.revision}${behind}`,
    `  handlers    ${handlers.enabled} enabled, ${handlers.disabled} disabled`,
    ...holds.map(holdLine),
  ].join('\n');

  function failures(): string[] {
    const { count, groups } = openFailures;
    if (count === 0) return [];
    const names = groups.map(({ handlerName, handlerId, reason, open }) =>
      plainLine(`${handlerName ?? handlerId}: ${reason}, ${open}`),
    );
    const head = output.styled('yellow', `warning: ${count} open ${plural(count, 'failure')}`);
    return [`${head}${names.map((name) => `\n    ${name}`).join('')}\n    see: provisor failures`];
  }

  function problem({ kind, severity, count, since: at, handlers: concerned, targets }: AttentionView): string {
    const [text, next] = problems[kind];
    const when = at === null ? '' : `, since ${moment(at)}`;
    const names = [...concerned, ...targets].map(({ name }) => `\n    ${plainLine(name)}`).join('');
    const head = output.styled(severity === 'critical' ? 'red' : 'yellow', `${severity}: ${text(count)}`);
    return `${head}${when}${names}\n    see: ${next}`;
  }
}

function holdLine({ subject, state, from, until, reason }: HoldPeriodView): string {
  const end = until === null ? 'until it is released' : `until ${moment(until)}`;
  const when = state === 'held' ? end : `from ${moment(from)} ${end}`;
  const why = reason === null ? '' : `: ${reason}`;
  return plainLine(`  ${state === 'held' ? 'held  ' : 'coming'}      ${subject.type} ${subject.name} ${when}${why}`);
}

function plural(count: number, noun: string): string {
  return count === 1 ? noun : `${noun}s`;
}
