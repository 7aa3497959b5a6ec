import type { Command } from 'commander';
import { isJsonObject } from '#contracts';
import { answerOf } from '#sdk';
import { UsageError } from '../cli-error.ts';
import { withExamples } from '../help/examples.ts';
import { headersOf } from '../input/header-option.ts';
import { collect, positiveDecimal, positiveNumber } from '../input/option-values.ts';
import { readInput } from '../input/read-input.ts';
import { unchecked } from '../input/unchecked.ts';
import { readYaml } from '../input/yaml-source.ts';
import { plainLine } from '../output/plain-text.ts';
import type { InSession, Session } from '../session.ts';

interface CreateOptions {
  file?: string;
  name?: string;
  url?: string;
  description?: string;
  header?: string[];
  perSecond?: number;
  burst?: number;
  maxConcurrency?: number;
}

/** `targets create` */
export function addCreateTarget(targets: Command, inSession: InSession): void {
  const command = targets
    .command('create')
    .description('Create a target from options, or from a file; options override the file')
    .option('-f, --file <file>', 'YAML or JSON of one target (-: standard input)')
    .option('--name <name>', 'Name of the target; unique')
    .option('--url <url>', 'Base URL, such as https://crm.example/rest')
    .option('--description <text>', 'Description')
    .option('--header <name: value>', 'HTTP header of each call; repeatable', collect)
    .option('--per-second <number>', 'Most calls a second, of all executors together', positiveDecimal)
    .option('--burst <number>', 'Calls that may come at once (default: 1)', positiveNumber)
    .option('--max-concurrency <number>', 'Most calls at a time, of all executors together', positiveNumber)
    .addHelpText('after', '\nCredentials are secrets: give them in a file, as !env NAME.')
    .action(inSession(create));
  withExamples(
    command,
    ['At most five calls a second', 'provisor targets create --name CRM --url https://crm.example/rest --per-second 5'],
    ['With credentials', 'provisor targets create -f crm.yaml'],
  );
}

async function create({ client, output, environment, input }: Session, options: CreateOptions): Promise<void> {
  const ofFile = options.file === undefined ? {} : await targetIn(options.file, environment, input);
  const body = { ...ofFile, ...saidBy(options) };
  const target = await answerOf(client.POST('/api/v1/targets', { body: unchecked(body) }));
  output.result(target, () => `created ${plainLine(target.name)} (${target.id})`);
}

async function targetIn(file: string, environment: NodeJS.ProcessEnv, input: Session['input']): Promise<object> {
  const { value } = readYaml(await readInput(file, input), file, environment);
  if (!isJsonObject(value)) throw new UsageError(`${file} must contain one target, an object with name and baseUrl`);
  return value;
}

/** The fields that the options set. */
function saidBy({ name, url, description, header = [], perSecond, burst, maxConcurrency }: CreateOptions): object {
  if (burst !== undefined && perSecond === undefined) throw new UsageError('--burst needs --per-second');
  return {
    ...(name !== undefined && { name }),
    ...(url !== undefined && { baseUrl: url }),
    ...(description !== undefined && { description }),
    ...(header.length > 0 && { headers: headersOf(header) }),
    ...(perSecond !== undefined && { rate: { perSecond, ...(burst !== undefined && { burst }) } }),
    ...(maxConcurrency !== undefined && { maxConcurrency }),
  };
}
