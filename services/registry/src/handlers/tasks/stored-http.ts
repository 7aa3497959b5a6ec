import {
  secretHeadersOf,
  secretMark,
  secretSlots,
  taskDefaults,
  type FieldError,
  type HttpTask,
  type Task,
} from '#contracts';
import type { HttpTaskInput } from '../dto/task.dto.ts';
import { KeptSecrets, type Keeping } from '../secrets/kept-secrets.ts';
import { keptTls } from './kept-tls.ts';
import type { StoredTask } from './task-type.ts';

/** An HTTP task as it is stored: its secret headers and its private key are kept apart, sealed. */
export function storedHttp(input: HttpTaskInput, keeping: Keeping): StoredTask<HttpTask> {
  const { url = '', method = taskDefaults.http.method, headers = {}, secretHeaders: named = [] } = input;
  const kept = new KeptSecrets(keeping, isElsewhere(url, keeping.current?.task));
  const secretHeaders = secretHeadersOf({ headers, secretHeaders: named });
  kept.faults.push(...unknownNames(named, headers), ...uncovered(headers, secretHeaders, keeping));
  for (const [name, value] of Object.entries(headers)) {
    if (!secretHeaders.includes(name.toLowerCase())) continue;
    const unkept = { field: 'task.headers', subject: `header ${name}` };
    kept.add({ slot: secretSlots.header(name), value, field: `task.headers.${name}`, unkept });
  }
  const tls = keptTls(input, kept, keeping);
  const task: HttpTask = {
    type: 'http',
    url,
    method,
    headers: marked(headers, secretHeaders),
    ...(secretHeaders.length > 0 && { secretHeaders }),
    ...(tls && { tls }),
  };
  return { task, sealed: kept.sealed, faults: kept.faults };
}

function unknownNames(named: readonly string[], headers: Record<string, string>): FieldError[] {
  const names = Object.keys(headers).map((name) => name.toLowerCase());
  return named
    .filter((name) => !names.includes(name.toLowerCase()))
    .map((name) => ({ field: 'task.secretHeaders', message: `${JSON.stringify(name)} is not one of the headers` }));
}

/** What was secret cannot stop being so without being given: the mark would be sent in its place. */
function uncovered(headers: Record<string, string>, secret: readonly string[], { current }: Keeping): FieldError[] {
  return Object.entries(headers)
    .filter(([name, value]) => value === secretMark && !secret.includes(name.toLowerCase()))
    .filter(([name]) => current?.secrets[secretSlots.header(name)] !== undefined)
    .map(([name]) => ({
      field: 'task.headers',
      message: `header ${name} is stored as a secret: name it in secretHeaders, or give its value`,
    }));
}

/** Headers with `***` in the place of the values of those that are named, in lower case. */
function marked(headers: Record<string, string>, names: readonly string[]): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [
    name,
    names.includes(name.toLowerCase()) ? secretMark : value,
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}

function isElsewhere(url: string, task: Task | undefined): boolean {
  return task?.type === 'http' && new URL(task.url ?? '').origin !== new URL(url).origin;
}
