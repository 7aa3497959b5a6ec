import type { Command } from 'commander';
import { compactJson, memberTexts } from '#contracts';
import { answerOf, type AttemptView, type EventDetailsView, type EventExecutionView } from '#sdk';
import { duration, moment } from '../output/moments.ts';
import type { Output } from '../output/output.ts';
import { plainLine, plainText } from '../output/plain-text.ts';
import type { InSession, Session } from '../session.ts';
import { eventLabel } from './event-label.ts';
import { statusStyle } from './status-style.ts';

/** `events show` */
export function addShow(events: Command, inSession: InSession): void {
  events.command('show <id>').description('Show an event, with every attempt of its handlers').action(inSession(show));
}

async function show({ client, output }: Session, id: string): Promise<void> {
  const call = client.GET('/api/v1/events/{id}', { params: { path: { id } }, parseAs: 'text' });
  const text = await answerOf<string>(call);
  const label = output.json ? undefined : await eventLabel(client, (JSON.parse(text) as EventDetailsView).type);
  output.jsonText(text, () => eventText(text, label, output));
}

/** @param text The response, unparsed: parsed and printed, long numbers of the event would lose digits. */
function eventText(text: string, label: string | undefined, output: Output): string {
  const event = JSON.parse(text) as EventDetailsView;
  const members = memberTexts(text);
  const written = (name: string): string => compactJson(members.get(name)!);
  const { status, duplicates, waiting } = event;
  const again = duplicates > 0 ? `, ${duplicates} duplicate${duplicates === 1 ? '' : 's'}` : '';
  const facts = [
    ...(label === undefined ? [] : [`event         ${label}`]),
    `object        ${event.objectId}`,
    `partition key ${event.partitionKey}`,
    ...(event.replayOf === null ? [] : [`edited from   ${event.replayOf}`]),
    ...(event.editedCopies.length === 0 ? [] : [`edited copies ${event.editedCopies.join(', ')}`]),
    `happened      ${moment(event.occurredAt)}`,
    `received      ${moment(event.receivedAt)}`,
    `finished      ${moment(event.finishedAt)}`,
    ...(waiting
      ? [`waiting       ${waiting.reason}, retry at ${moment(waiting.dueAt)}, ${waiting.ahead} events ahead`]
      : []),
    `data          ${written('data')}`,
    ...(event.previous ? [`previous      ${written('previous')}`] : []),
  ].map(plainLine);
  const executions = event.executions.map((execution) => executionText(execution, output));
  const head = [plainLine(`${event.type}  ${event.id}`), `status        ${styledStatus(status, output)}${again}`];
  return [...head, ...facts, ...(executions.length > 0 ? executions : ['no handler ran'])].join('\n');
}

function executionText({ position, ...execution }: EventExecutionView, output: Output): string {
  const { handlerName, handlerId, status, durationMs, replayId, test, attempts } = execution;
  const marks = [...(replayId === null ? [] : ['replay']), ...(test ? ['test'] : [])].map((mark) => `  [${mark}]`);
  const name = plainLine(handlerName ?? handlerId);
  const head = `${position}. ${name}  ${styledStatus(status, output)}  ${duration(durationMs)}${marks.join('')}`;
  return ['', head, ...attempts.map(attemptText)].join('\n');
}

function attemptText(attempt: AttemptView): string {
  const { number, outcome, reason, message, reached, startedAt, durationMs, nextAttemptAt } = attempt;
  const why = [reason, message].filter((part) => part !== null).map(plainText);
  const unclear = reached === 'maybe' ? ['may have arrived'] : [];
  const next = nextAttemptAt === null ? [] : [`next attempt at ${moment(nextAttemptAt)}`];
  return `   attempt ${number}  ${moment(startedAt)}  ${[outcome, ...why, ...unclear, duration(durationMs), ...next].join('  ')}`;
}

function styledStatus(status: string, output: Output): string {
  const style = statusStyle(status);
  return style === undefined ? status : output.styled(style, status);
}
