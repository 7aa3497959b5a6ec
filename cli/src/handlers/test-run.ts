import type { Command } from 'commander';
import { answerOf, type HandlerTestInput, type TestedAttemptView } from '#sdk';
import { NegativeAnswer } from '../cli-error.ts';
import { readInput } from '../input/read-input.ts';
import { readYaml } from '../input/yaml-source.ts';
import { duration } from '../output/moments.ts';
import type { Output } from '../output/output.ts';
import { plainLine, plainText } from '../output/plain-text.ts';
import type { InSession, Session } from '../session.ts';
import { findHandler } from './find-handler.ts';

/** `handlers test` */
export function addTest(handlers: Command, inSession: InSession): void {
  handlers
    .command('test <handler>')
    .description('run a handler alone, on an executor, and say what came of it; exit code 1 when it was no success')
    .option('-f, --file <file>', 'JSON or YAML of the event (default: a sample); - is the standard input')
    .action(inSession(testHandler));
}

async function testHandler(session: Session, nameOrId: string, { file }: { file?: string }): Promise<void> {
  const { client, input, output, environment } = session;
  const { id } = await findHandler(client, nameOrId);
  const event = file === undefined ? undefined : readYaml(await readInput(file, input), file, environment).value;
  const body = (event === undefined ? {} : { event }) as HandlerTestInput;
  const attempt = await answerOf(client.POST('/api/v1/handlers/{id}/test', { params: { path: { id } }, body }));
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
