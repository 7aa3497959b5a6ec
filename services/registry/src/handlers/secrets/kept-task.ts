import { secretHeadersOf, secretMark, secretSlots, type FieldError, type HttpTask, type Task } from '#contracts';
import { InvalidInput } from '../../domain-error.ts';
import type { HttpTaskInput, ScriptTaskInput, TaskInput } from '../dto/task.dto.ts';
import { KeptSecrets, type Keeping, type Kept } from './kept-secrets.ts';
import { keptTls } from './kept-tls.ts';
import { marked } from './shown-task.ts';

/** Slots of tasks; what else a handler keeps is not touched by a change of its task. */
const ofTask = /^(header|tls):/;

/**
 * A task as it is kept, whole and without its secrets, and these sealed. `***` for a secret means the one that is kept; it
 * stays with the origin that it was given for.
 *
 * @throws {InvalidInput} Naming each secret that cannot be kept, and each that is not there to be.
 */
export function keptTask(input: TaskInput, keeping: Keeping): Kept {
  const { current } = keeping;
  const rest = Object.entries(current?.secrets ?? {}).filter(([slot]) => !ofTask.test(slot));
  if (input.type === 'script') return { task: wholeScript(input), secrets: Object.fromEntries(rest) };
  const kept = new KeptSecrets(keeping, isElsewhere(input.url, current?.task));
  const task = keptHttp(input, kept, keeping);
  if (kept.faults.length > 0) throw new InvalidInput(kept.faults);
  return { task, secrets: Object.fromEntries([...rest, ...Object.entries(kept.sealed)]) };
}

function wholeScript({ path, args = [], mode = 'once' }: ScriptTaskInput): Task {
  return { type: 'script', path, args, mode };
}

function keptHttp(input: HttpTaskInput, kept: KeptSecrets, keeping: Keeping): HttpTask {
  const { url, method = 'POST', headers = {}, secretHeaders: named = [] } = input;
  const secretHeaders = secretHeadersOf({ headers, secretHeaders: named });
  kept.faults.push(...unknownNames(named, headers), ...uncovered(headers, secretHeaders, keeping));
  for (const [name, value] of Object.entries(headers)) {
    if (!secretHeaders.includes(name.toLowerCase())) continue;
    const unkept = { field: 'task.headers', subject: `header ${name}` };
    const slot = secretSlots.header(name);
    kept.add({ slot, value, field: `task.headers.${name}`, unkept }, plainHeader(name, keeping.current?.task));
  }
  const tls = keptTls(input, kept, keeping);
  return {
    type: 'http',
    url,
    method,
    headers: marked(headers, secretHeaders),
    ...(secretHeaders.length > 0 && { secretHeaders }),
    ...(tls && { tls }),
  };
}

function unknownNames(named: readonly string[], headers: Record<string, string>): FieldError[] {
  const names = Object.keys(headers).map((name) => name.toLowerCase());
  return named
    .filter((name) => !names.includes(name.toLowerCase()))
    .map((name) => ({ field: 'task.secretHeaders', message: `${JSON.stringify(name)} is none of the headers` }));
}

/** What was secret cannot stop being so without being given: the mark would be sent in its place. */
function uncovered(headers: Record<string, string>, secret: readonly string[], { current }: Keeping): FieldError[] {
  return Object.entries(headers)
    .filter(([name, value]) => value === secretMark && !secret.includes(name.toLowerCase()))
    .filter(([name]) => current?.secrets[secretSlots.header(name)] !== undefined)
    .map(([name]) => ({
      field: 'task.headers',
      message: `header ${name} is kept as a secret: name it in secretHeaders, or give its value`,
    }));
}

/** The value of a secret header that is kept in plain text, since before secrets were sealed. */
function plainHeader(name: string, task: Task | undefined): string | undefined {
  if (task?.type !== 'http') return undefined;
  const [, value] = Object.entries(task.headers).find(([each]) => each.toLowerCase() === name.toLowerCase()) ?? [];
  return value === secretMark ? undefined : value;
}

function isElsewhere(url: string, task: Task | undefined): boolean {
  return task?.type === 'http' && new URL(task.url).origin !== new URL(url).origin;
}
