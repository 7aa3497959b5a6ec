import { Option, type Command } from 'commander';
import { handlerFields, isJsonObject, type HandlerField } from '#contracts';
import { answerOf } from '#sdk';
import { UsageError } from '../cli-error.ts';
import { withExamples } from '../help/examples.ts';
import { positiveNumber } from '../input/option-values.ts';
import { unchecked } from '../input/unchecked.ts';
import { readInput, type Input } from '../input/read-input.ts';
import { readYaml } from '../input/yaml-source.ts';
import { anyOf } from '../output/any-of.ts';
import { plainLine } from '../output/plain-text.ts';
import type { InSession, Session } from '../session.ts';
import { withTargetId } from '../targets/find-target.ts';
import { taskOf, taskOptions, type TaskOptions } from './task-types.ts';
import { noteWarnings } from './warnings.ts';

interface CreateOptions extends TaskOptions {
  file?: string;
  disabled?: true;
}

/** The options for one field of a handler. */
interface FieldOptions {
  readonly options: readonly Option[];
  /** Undefined without these options: the field then has its default. */
  value(options: CreateOptions): unknown;
}

/** Fields that are rarely set have no option; a file can set them. */
const inFileOnly: FieldOptions = { options: [], value: () => undefined };

/** The options of each field, in the order of the help. */
const fields: Readonly<Record<HandlerField, FieldOptions>> = {
  name: oneOption(new Option('--name <name>', 'Name of the handler; unique')),
  event: oneOption(new Option('--event <type>', 'Event type, such as clients.create')),
  description: oneOption(new Option('--description <text>', 'Description')),
  task: { options: taskOptions(), value: taskOf },
  priority: oneOption(
    new Option('--priority <number>', 'Lower runs first (default: after the last one)').argParser(positiveNumber),
  ),
  onFailure: oneOption(
    new Option(
      '--on-failure <policy>',
      `${anyOf(handlerFields.onFailure.choices)} (default: ${handlerFields.onFailure.default})`,
    ),
  ),
  timeoutMs: oneOption(new Option('--timeout <ms>', 'Timeout of a call, in milliseconds').argParser(positiveNumber)),
  format: oneOption(
    new Option(
      '--format <format>',
      `Format of the event: ${anyOf(handlerFields.format.choices)} (default: ${handlerFields.format.default})`,
    ),
  ),
  status: {
    options: [new Option('--disabled', 'Create it disabled')],
    value: ({ disabled }) => (disabled ? 'disabled' : undefined),
  },
  retry: inFileOnly,
  maxConcurrency: inFileOnly,
  condition: inFileOnly,
  lasting: inFileOnly,
  outcomes: inFileOnly,
  keep: inFileOnly,
  windows: inFileOnly,
  releasePerSecond: inFileOnly,
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
    .description('Create a handler from options, or from a file; options override the file')
    .option('-f, --file <file>', 'YAML or JSON of one handler (-: standard input)');
  for (const { options } of Object.values(fields)) for (const option of options) command.addOption(option);
  command.action(inSession(create));
  withExamples(
    command,
    [
      'Call a URL',
      "provisor handlers create --name 'SIP account' \\\n    --event clients.accounts.create --url http://127.0.0.1:5000/api",
    ],
    [
      'Call a target',
      "provisor handlers create --name 'CRM account' \\\n    --event clients.create --target CRM --path /api/accounts",
    ],
    [
      'Run a script',
      "provisor handlers create --name 'Welcome mail' \\\n    --event clients.create --script notify.sh",
    ],
  );
}

async function create({ client, output, environment, input }: Session, options: CreateOptions): Promise<void> {
  const ofFile = options.file === undefined ? {} : await handlerIn(options.file, environment, input);
  const body = await withTargetId(client, { ...ofFile, ...saidBy(options) });
  const handler = await answerOf(client.POST('/api/v1/handlers', { body: unchecked(body) }));
  output.result(handler, () => `created ${plainLine(handler.name)} (${handler.id}), priority ${handler.priority}`);
  noteWarnings(output, handler.name, handler.warnings);
}

async function handlerIn(file: string, environment: NodeJS.ProcessEnv, input: Input): Promise<object> {
  const { value } = readYaml(await readInput(file, input), file, environment);
  if (!isJsonObject(value))
    throw new UsageError(`${file} must contain one handler, an object with name, event and task`);
  return value;
}

/** The fields that the options set. */
function saidBy(options: CreateOptions): object {
  const values = Object.entries(fields).map(([field, said]) => [field, said.value(options)] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}
