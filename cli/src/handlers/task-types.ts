import { Option } from 'commander';
import type { Task, Tasks, TaskType } from '#contracts';
import { headersOf } from '../input/header-option.ts';
import { collect } from '../input/option-values.ts';
import type { TargetNames } from '../targets/find-target.ts';

/** The options of `handlers create` for the task. */
export interface TaskOptions {
  url?: string;
  target?: string;
  path?: string;
  method?: string;
  header?: string[];
  script?: string;
  arg?: string[];
  persistent?: true;
  to?: string[];
  cc?: string[];
  subject?: string;
  text?: string;
}

/** One task type on the command line. */
interface TaskTypeEntry<T extends TaskType = TaskType> {
  /** The task in a list. */
  calls(task: Tasks[T], targetNames: TargetNames): string;
  /** The first option chooses the type. */
  readonly options: readonly [Option, ...Option[]];
  /** The task from options; undefined when they choose another type. */
  input(options: TaskOptions): object | undefined;
}

/** In the order of their options in the help. */
const entries: { readonly [T in TaskType]: TaskTypeEntry<T> } = {
  http: {
    calls: ({ method, url, target, path = '' }, names) =>
      `${method} ${url ?? `${names.get(target!) ?? target!} ${path}`.trimEnd()}`,
    options: [
      new Option('--url <url>', 'URL to call'),
      new Option('--target <target>', 'Target to call in place of a URL, by name or id').conflicts(['url', 'script']),
      new Option('--path <path>', 'Path behind the base URL of the target'),
      new Option('--method <method>', 'HTTP method (default: POST)'),
      new Option('--header <name: value>', 'HTTP header; repeatable').argParser(collect),
    ],
    input({ url, target, path, method, header = [] }) {
      if (url === undefined && target === undefined) return undefined;
      return {
        type: 'http',
        ...(url !== undefined && { url }),
        ...(target !== undefined && { target }),
        ...(path !== undefined && { path }),
        ...(method !== undefined && { method }),
        ...(header.length > 0 && { headers: headersOf(header) }),
      };
    },
  },
  script: {
    calls: ({ path }) => path,
    options: [
      new Option('--script <path>', 'Script to run, relative to SCRIPTS_DIRS'),
      new Option('--arg <text>', 'Argument of the script; repeatable').argParser(collect),
      new Option('--persistent', 'Keep the script running between events'),
    ],
    input({ script, arg, persistent }) {
      if (script === undefined) return undefined;
      return { type: 'script', path: script, ...(arg && { args: arg }), ...(persistent && { mode: 'persistent' }) };
    },
  },
  email: {
    calls: ({ to }) => `mail ${to.join(', ')}`,
    options: [
      new Option('--to <address>', 'E-mail address to write to; repeatable').argParser(collect),
      new Option('--cc <address>', 'E-mail address that gets a copy; repeatable').argParser(collect),
      new Option('--subject <text>', 'Subject of the e-mail'),
      new Option('--text <text>', 'Text of the e-mail'),
    ],
    input({ to, cc, subject, text }) {
      if (to === undefined) return undefined;
      return { type: 'email', to, ...(cc && { cc }), subject, text };
    },
  },
};

/** What a handler calls: method and URL, or method, target and path, or the path of a script. */
export function callsOf(task: Task, targetNames: TargetNames): string {
  const entry: TaskTypeEntry = entries[task.type];
  return entry.calls(task, targetNames);
}

/** The options of all types; those that choose the type exclude each other. */
export function taskOptions(): Option[] {
  const choosing = Object.values(entries).map(({ options: [first] }) => first);
  for (const option of choosing) {
    option.conflicts(choosing.filter((other) => other !== option).map((other) => other.attributeName()));
  }
  return Object.values(entries).flatMap(({ options }) => options);
}

/** The task from options; undefined without any. */
export function taskOf(options: TaskOptions): object | undefined {
  return Object.values(entries)
    .map((entry) => entry.input(options))
    .find((task) => task !== undefined);
}
