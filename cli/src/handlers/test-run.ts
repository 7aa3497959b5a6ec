import type { Command } from 'commander';
import { answerOf, type TestedAttemptView } from '#sdk';
import { NegativeAnswer } from '../cli-error.ts';
import { withExamples } from '../help/examples.ts';
import { readInput } from '../input/read-input.ts';
import { duration } from '../output/moments.ts';
import type { Output } from '../output/output.ts';
import { plainLine, plainText } from '../output/plain-text.ts';
import type { InSession, Session } from '../session.ts';
import { eventJson } from './event-json.ts';
import { findHandler } from './find-handler.ts';

/** `handlers test` */
export function addTest(handlers: Command, inSession: InSession): void {
  const command = handlers
    .command('test <handler>')
    .description('Run one handler on a sample or an event, and show the result')
    .option('-f, --file <file>', 'JSON or YAML of the event (default: a sample; -: standard input)')
    .addHelpText('after', '\nExit code 1: the call did not succeed.')
    .action(inSession(testHandler));
  withExamples(
    command,
    ['With a sample event', "provisor handlers test 'SIP account'"],
    ['With an event of your own', "provisor handlers test 'SIP account' -f event.json"],
  );
}

async function testHandler(session: Session, nameOrId: string, { file }: { file?: string }): Promise<void> {
  const { client, input, output, environment } = session;
  const { id } = await findHandler(client, nameOrId);
  const event = file === undefined ? undefined : eventJson(await readInput(file, input), file, environment);
  const call = client.POST('/api/v1/handlers/{id}/test', {
    params: { path: { id } },
    body: {},
    bodySerializer: () => (event === undefined ? '{}' : `{"event":${event}}`),
  });
  const attempt = await answerOf(call);
  output.result(attempt, () => attemptText(attempt, output));
  if (attempt.outcome !== 'success') throw new NegativeAnswer();
}

function attemptText(attempt: TestedAttemptView, output: Output): string {
  const { outcome, reason, message, durationMs, response, eventId } = attempt;
  const how = output.styled(outcome === 'success' ? 'green' : 'red', outcome);
  const why = [reason, message].filter((part) => part !== null).map(plainLine);
  const answer = Object.entries(response).map(([name, value]) => `  ${name}: ${valueText(value)}`);
  return [`${[how, ...why].join('  ')}  (${duration(durationMs)}, event ${eventId})`, ...answer].join('\n');
}

function valueText(value: unknown): string {
  if (typeof value !== 'string') return plainLine(JSON.stringify(value));
  return plainText(value.trimEnd()).replaceAll('\n', '\n    ');
}
