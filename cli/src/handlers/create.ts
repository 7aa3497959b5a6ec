import { Option, type Command } from 'commander';
import { handlerFields, isJsonObject, type HandlerField } from '#contracts';
import { answerOf } from '#sdk';
import { UsageError } from '../cli-error.ts';
import { positiveNumber } from '../input/option-values.ts';
import { unchecked } from '../input/unchecked.ts';
import { readInput, type Input } from '../input/read-input.ts';
import { readYaml } from '../input/yaml-source.ts';
import { anyOf } from '../output/any-of.ts';
import { plainLine } from '../output/plain-text.ts';
import type { InSession, Session } from '../session.ts';
import { taskOf, taskOptions, type TaskOptions } from './task-types.ts';
import { noteWarnings } from './warnings.ts';

interface CreateOptions extends TaskOptions {
  file?: string;
  disabled?: true;
}

/** How options say one field of a handler. */
interface FieldOptions {
  readonly options: readonly Option[];
  /** Undefined where they do not say it, so that it has its default. */
  value(options: CreateOptions): unknown;
}

/** What people rarely choose has no option; it stands in a file. */
const inFileOnly: FieldOptions = { options: [], value: () => undefined };

/** The options of each field, in the order in which they are listed. */
const fields: Readonly<Record<HandlerField, FieldOptions>> = {
  name: oneOption(new Option('--name <name>')),
  event: oneOption(new Option('--event <type>', 'event type')),
  description: oneOption(new Option('--description <text>')),
  task: { options: taskOptions(), value: taskOf },
  priority: oneOption(
    new Option('--priority <number>', 'lower runs first (default: after the last one)').argParser(positiveNumber),
  ),
  onFailure: oneOption(new Option('--on-failure <policy>', anyOf(handlerFields.onFailure.choices))),
  timeoutMs: oneOption(new Option('--timeout <ms>', 'of one attempt, in milliseconds').argParser(positiveNumber)),
  format: oneOption(
    new Option(
      '--format <format>',
      `of the events that it gets: ${anyOf(handlerFields.format.choices)} (default: ${handlerFields.format.default})`,
    ),
  ),
  status: {
    options: [new Option('--disabled', 'do not run it yet')],
    value: ({ disabled }) => (disabled ? 'disabled' : undefined),
  },
  retry: inFileOnly,
  maxConcurrency: inFileOnly,
  condition: inFileOnly,
};

function oneOption(option: Option): FieldOptions {
  return {
    options: [option],
    value: (options) => (options as Readonly<Record<string, unknown>>)[option.attributeName()],
  };
}

/** `handlers create` */
export function addCreate(handlers: Command, inSession: InSession): void {
  const command = handlers
    .command('create')
    .description('create a handler, from a file or from options; options go before what the file has')
    .option('-f, --file <file>', 'YAML or JSON of one handler; - is the standard input');
  for (const { options } of Object.values(fields)) for (const option of options) command.addOption(option);
  command.action(inSession(create));
}

async function create({ client, output, environment, input }: Session, options: CreateOptions): Promise<void> {
  const ofFile = options.file === undefined ? {} : await handlerIn(options.file, environment, input);
  const body = { ...ofFile, ...saidBy(options) };
  const handler = await answerOf(client.POST('/api/v1/handlers', { body: unchecked(body) }));
  output.result(handler, () => `created ${plainLine(handler.name)} (${handler.id}), priority ${handler.priority}`);
  noteWarnings(output, handler.name, handler.warnings);
}

async function handlerIn(file: string, environment: NodeJS.ProcessEnv, input: Input): Promise<object> {
  const { value } = readYaml(await readInput(file, input), file, environment);
  if (!isJsonObject(value)) throw new UsageError(`${file} must hold one handler`);
  return value;
}

/** What the options say; what they leave out is not there. */
function saidBy(options: CreateOptions): object {
  const values = Object.entries(fields).map(([field, said]) => [field, said.value(options)] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}
