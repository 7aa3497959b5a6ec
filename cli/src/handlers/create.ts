import { Option, type Command } from 'commander';
import { isJsonObject } from '#contracts';
import { answerOf } from '#sdk';
import { UsageError } from '../cli-error.ts';
import { collect, positiveNumber } from '../input/option-values.ts';
import { unchecked } from '../input/unchecked.ts';
import { readInput, type Input } from '../input/read-input.ts';
import { readYaml } from '../input/yaml-source.ts';
import { plainLine } from '../output/plain-text.ts';
import type { InSession, Session } from '../session.ts';

interface CreateOptions {
  file?: string;
  name?: string;
  event?: string;
  description?: string;
  url?: string;
  method?: string;
  header?: string[];
  script?: string;
  arg?: string[];
  persistent?: true;
  priority?: number;
  onFailure?: string;
  timeout?: number;
  format?: string;
  disabled?: true;
}

/** `handlers create` */
export function addCreate(handlers: Command, inSession: InSession): void {
  handlers
    .command('create')
    .description('create a handler, from a file or from options; options go before what the file has')
    .option('-f, --file <file>', 'YAML or JSON of one handler; - is the standard input')
    .option('--name <name>')
    .option('--event <type>', 'event type')
    .option('--description <text>')
    .addOption(new Option('--url <url>', 'call this over HTTP').conflicts('script'))
    .option('--method <method>', 'of the HTTP call (default: POST)')
    .option('--header <name: value>', 'of the HTTP call; may be repeated', collect)
    .option('--script <path>', 'run this script')
    .option('--arg <text>', 'argument of the script; may be repeated', collect)
    .option('--persistent', 'the script stays up')
    .option('--priority <number>', 'lower runs first (default: after the last one)', positiveNumber)
    .option('--on-failure <policy>', 'stop, continue or detach')
    .option('--timeout <ms>', 'of one attempt, in milliseconds', positiveNumber)
    .option('--format <format>', 'of the events that it gets: native or cloudevents (default: native)')
    .option('--disabled', 'do not run it yet')
    .action(inSession(create));
}

async function create({ client, output, environment, input }: Session, options: CreateOptions): Promise<void> {
  const ofFile = options.file === undefined ? {} : await handlerIn(options.file, environment, input);
  const body = { ...ofFile, ...fieldsOf(options) };
  const handler = await answerOf(client.POST('/api/v1/handlers', { body: unchecked(body) }));
  output.result(handler, () => `created ${plainLine(handler.name)} (${handler.id}), priority ${handler.priority}`);
}

async function handlerIn(file: string, environment: NodeJS.ProcessEnv, input: Input): Promise<object> {
  const { value } = readYaml(await readInput(file, input), file, environment);
  if (!isJsonObject(value)) throw new UsageError(`${file} must hold one handler`);
  return value;
}

/** What the options say; what they leave out is not there, so that it has its default. */
function fieldsOf(options: CreateOptions): object {
  const { name, event, description, priority, onFailure, timeout, format } = options;
  const task = taskOf(options);
  const fields = {
    name,
    event,
    description,
    priority,
    onFailure,
    task,
    timeoutMs: timeout,
    format,
    status: options.disabled && 'disabled',
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function taskOf({ url, method, header = [], script, arg, persistent }: CreateOptions): object | undefined {
  if (script !== undefined) {
    return { type: 'script', path: script, ...(arg && { args: arg }), ...(persistent && { mode: 'persistent' }) };
  }
  if (url === undefined) return undefined;
  const headers = Object.fromEntries(header.map(headerOf));
  return { type: 'http', url, ...(method !== undefined && { method }), ...(header.length > 0 && { headers }) };
}

function headerOf(text: string): [string, string] {
  const colon = text.indexOf(':');
  if (colon < 1) throw new UsageError(`--header must be "name: value", not ${JSON.stringify(text)}`);
  return [text.slice(0, colon).trim(), text.slice(colon + 1).trim()];
}
