import type { Command } from 'commander';
import { answerOf, type HandlerView, type HoldForecastView, type TargetView } from '#sdk';
import { NegativeAnswer } from '../cli-error.ts';
import { findHandler } from '../handlers/find-handler.ts';
import { withExamples } from '../help/examples.ts';
import { confirm } from '../input/confirm.ts';
import { laterMoment } from '../input/option-values.ts';
import { plainLine } from '../output/plain-text.ts';
import type { InSession, Session } from '../session.ts';
import { findTarget } from '../targets/find-target.ts';
import { untilText } from './hold-text.ts';

/** What can be held, in words. */
const subjects = {
  handler: {
    hold: 'Hold a handler: it is not called, and its events wait in order',
    release: 'Release a handler: its events continue',
    example: 'SIP account',
  },
  target: {
    hold: 'Hold a target: no handler calls it, and their events wait in order',
    release: 'Release a target: the events of its handlers continue',
    example: 'CRM',
  },
} as const;
type Subject = keyof typeof subjects;

interface HoldOptions {
  reason: string;
  until?: string;
  yes?: true;
}

/** `handlers hold` and `release`, and the same of `targets`. */
export function addHoldCommands(parent: Command, subject: Subject, inSession: InSession): void {
  const { hold: holds, release: releases, example } = subjects[subject];
  const holding = parent
    .command(`hold <${subject}>`)
    .description(holds)
    .requiredOption('--reason <text>', 'Why, for others to read')
    .option('--until <time>', 'When it ends: 2h from now, or a date and time', (value) => laterMoment(value))
    .option('-y, --yes', 'Do not show the forecast, and do not ask')
    .action(inSession((session, nameOrId: string, options: HoldOptions) => hold(session, subject, nameOrId, options)));
  withExamples(
    holding,
    ['For two hours', `provisor ${subject}s hold '${example}' --until 2h --reason upgrade`],
    ['Until you release it', `provisor ${subject}s hold '${example}' --reason 'wrong data'`],
  );
  parent
    .command(`release <${subject}>`)
    .description(releases)
    .action(inSession((session, nameOrId: string) => release(session, subject, nameOrId)));
}

async function hold(
  session: Session,
  subject: Subject,
  nameOrId: string,
  { reason, until, yes }: HoldOptions,
): Promise<void> {
  const { client, input, output } = session;
  const { id, name } = await found(session, subject, nameOrId);
  if (!yes) {
    const question = `${await forecastText(session, subject, id, until)}Hold ${plainLine(name)} ${untilText(until ?? null)}?`;
    if (!(await confirm(question, input))) throw new NegativeAnswer('nothing was changed');
  }
  const body = { reason, ...(until !== undefined && { until }) };
  const params = { path: { id } };
  const held = await (subject === 'handler'
    ? answerOf(client.PUT('/api/v1/handlers/{id}/hold', { params, body }))
    : answerOf(client.PUT('/api/v1/targets/{id}/hold', { params, body })));
  output.result(held, () => `${plainLine(held.name)}: held ${untilText(held.hold?.until ?? null)}`);
}

async function release(session: Session, subject: Subject, nameOrId: string): Promise<void> {
  const { client, output } = session;
  const before = await found(session, subject, nameOrId);
  const params = { path: { id: before.id } };
  if (subject === 'handler') await answerOf(client.DELETE('/api/v1/handlers/{id}/hold', { params }));
  else await answerOf(client.DELETE('/api/v1/targets/{id}/hold', { params }));
  const was = before.hold !== null;
  output.result({ id: before.id, name: before.name, released: was }, () =>
    plainLine(`${before.name}: ${was ? 'released' : 'not held'}`),
  );
}

function found({ client }: Session, subject: Subject, nameOrId: string): Promise<HandlerView | TargetView> {
  return subject === 'handler' ? findHandler(client, nameOrId) : findTarget(client, nameOrId);
}

const dayMs = 86_400_000;
const longestMs = 7 * dayMs;

/** What a hold would delay, on a line of its own. Without an end, of one day; of a long one, of its first week. */
async function forecastText(
  { client }: Session,
  subject: Subject,
  id: string,
  until: string | undefined,
): Promise<string> {
  const from = Date.now();
  const end = until === undefined ? from + dayMs : Math.min(Date.parse(until), from + longestMs);
  const body = {
    ...(subject === 'handler' ? { handlerIds: [id] } : { targetIds: [id] }),
    from: new Date(from).toISOString(),
    to: new Date(end).toISOString(),
  };
  const forecast = await answerOf(client.POST('/api/v1/holds/forecast', { body }));
  const ofWhat = until === undefined ? ' a day' : Date.parse(until) > end ? ' in the first week' : '';
  return `${expected(forecast, ofWhat)}\n`;
}

function expected({ events, keys, weeks }: HoldForecastView, ofWhat: string): string {
  if (weeks === 0) return 'The journal is too young for a forecast.';
  const counts = `${events} event${events === 1 ? '' : 's'} of ${keys} key${keys === 1 ? '' : 's'}`;
  return `About ${counts} would wait${ofWhat} (average of ${weeks} week${weeks === 1 ? '' : 's'}).`;
}
