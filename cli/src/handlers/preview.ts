import type { Command } from 'commander';
import { answerOf, type RequestPreviewView } from '#sdk';
import { NegativeAnswer } from '../cli-error.ts';
import { withExamples } from '../help/examples.ts';
import { readInput } from '../input/read-input.ts';
import { plainLine, plainText } from '../output/plain-text.ts';
import type { InSession, Session } from '../session.ts';
import { eventJson } from './event-json.ts';
import { findHandler } from './find-handler.ts';

/** `handlers preview` */
export function addPreview(handlers: Command, inSession: InSession): void {
  const command = handlers
    .command('preview <handler>')
    .description('Show the request of one handler for a sample or an event, and send nothing')
    .option('--event <file>', 'JSON or YAML of the event (default: a sample; -: standard input)')
    .addHelpText('after', '\nExit code 1: the request cannot be made for this event.')
    .action(inSession(previewHandler));
  withExamples(
    command,
    ['For a sample event', "provisor handlers preview 'SIP account'"],
    ['For an event of your own', "provisor handlers preview 'SIP account' --event event.json"],
  );
}

async function previewHandler(session: Session, nameOrId: string, { event: file }: { event?: string }): Promise<void> {
  const { client, input, output, environment } = session;
  const { id } = await findHandler(client, nameOrId);
  const event = file === undefined ? undefined : eventJson(await readInput(file, input), file, environment);
  const call = client.POST('/api/v1/handlers/{id}/preview', {
    params: { path: { id } },
    body: {},
    bodySerializer: () => (event === undefined ? '{}' : `{"event":${event}}`),
  });
  const preview = await answerOf(call);
  output.result(preview, () => previewText(preview));
  if (preview.request === null) throw new NegativeAnswer();
}

function previewText({ request, fault }: RequestPreviewView): string {
  if (request === null) return plainLine(`the request cannot be made: ${fault?.field ?? ''} ${fault?.message ?? ''}`);
  const { method, url, headers = {}, body, script, email } = request;
  if (script) {
    const args = script.args.map((arg) => plainLine(`  argument: ${JSON.stringify(arg)}`));
    return [plainLine(script.path), ...args, '', plainText(script.input)].join('\n');
  }
  if (email) {
    const fields = { To: email.to.join(', '), Cc: email.cc.join(', '), Subject: email.subject };
    const given = Object.entries(fields).filter(([, value]) => value !== '');
    return [...given.map(([name, value]) => plainLine(`${name}: ${value}`)), '', plainText(email.text)].join('\n');
  }
  const lines = Object.entries(headers).map(([name, value]) => plainLine(`${name}: ${value}`));
  return [plainLine(`${method} ${url}`), ...lines, '', plainText(body ?? '')].join('\n');
}
