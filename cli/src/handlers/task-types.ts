import { Option } from 'commander';
import type { Task, Tasks, TaskType } from '#contracts';
import { UsageError } from '../cli-error.ts';
import { collect } from '../input/option-values.ts';

/** The options of `handlers create` that say what a handler does. */
export interface TaskOptions {
  url?: string;
  method?: string;
  header?: string[];
  script?: string;
  arg?: string[];
  persistent?: true;
}

/** What the command line knows of one type of task. */
interface TaskTypeEntry<T extends TaskType = TaskType> {
  /** What a list says of a task below "calls". */
  calls(task: Tasks[T]): string;
  /** The first one says that a task of this type is meant. */
  readonly options: readonly [Option, ...Option[]];
  /** The task that options ask for; undefined when they ask for none of this type. */
  input(options: TaskOptions): object | undefined;
}

/** In the order in which their options are listed. */
const entries: { readonly [T in TaskType]: TaskTypeEntry<T> } = {
  http: {
    calls: ({ method, url }) => `${method} ${url}`,
    options: [
      new Option('--url <url>', 'call this over HTTP'),
      new Option('--method <method>', 'of the HTTP call (default: POST)'),
      new Option('--header <name: value>', 'of the HTTP call; may be repeated').argParser(collect),
    ],
    input({ url, method, header = [] }) {
      if (url === undefined) return undefined;
      const headers = Object.fromEntries(header.map(headerOf));
      return { type: 'http', url, ...(method !== undefined && { method }), ...(header.length > 0 && { headers }) };
    },
  },
  script: {
    calls: ({ path }) => path,
    options: [
      new Option('--script <path>', 'run this script'),
      new Option('--arg <text>', 'argument of the script; may be repeated').argParser(collect),
      new Option('--persistent', 'the script stays up'),
    ],
    input({ script, arg, persistent }) {
      if (script === undefined) return undefined;
      return { type: 'script', path: script, ...(arg && { args: arg }), ...(persistent && { mode: 'persistent' }) };
    },
  },
};

/** What a handler calls, in a few words. */
export function callsOf(task: Task): string {
  const entry: TaskTypeEntry = entries[task.type];
  return entry.calls(task);
}

/** The options of all types; those that say which type is meant exclude each other. */
export function taskOptions(): Option[] {
  const choosing = Object.values(entries).map(({ options: [first] }) => first);
  for (const option of choosing) {
    option.conflicts(choosing.filter((other) => other !== option).map((other) => other.attributeName()));
  }
  return Object.values(entries).flatMap(({ options }) => options);
}

/** The task that options ask for; undefined when they ask for none. */
export function taskOf(options: TaskOptions): object | undefined {
  return Object.values(entries)
    .map((entry) => entry.input(options))
    .find((task) => task !== undefined);
}

function headerOf(text: string): [string, string] {
  const colon = text.indexOf(':');
  if (colon < 1) throw new UsageError(`--header must be "name: value", not ${JSON.stringify(text)}`);
  return [text.slice(0, colon).trim(), text.slice(colon + 1).trim()];
}
