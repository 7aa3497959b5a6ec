import { secretHeadersOf, taskTraits, type FieldError, type HttpTask, type Task } from '#contracts';
import { originOf, type NamedTarget } from '../../targets/target-lookup.ts';
import type { HttpTaskInput } from '../dto/task.dto.ts';
import { keptHeaders } from '../secrets/kept-headers.ts';
import { KeptSecrets, type Keeping } from '../secrets/kept-secrets.ts';
import { keptTls } from '../secrets/kept-tls.ts';
import type { StoredTask } from './task-type.ts';

/** An HTTP task as it is stored: its secret headers and its private key are kept apart, sealed. */
export function storedHttp(input: HttpTaskInput, keeping: Keeping): StoredTask<HttpTask> {
  const { url, path, method = taskTraits.http.defaults.method, headers = {}, secretHeaders = [], tls = {} } = input;
  const { body = null, contentType } = input;
  const target = input.target === undefined ? undefined : keeping.targets.named(input.target);
  const address = target?.baseUrl ?? url;
  const kept = new KeptSecrets(keeping, isElsewhere(address, keeping));
  kept.faults.push(...addressFaults(input, target));
  const shown = keptHeaders({ headers, secretHeaders, prefix: 'task.' }, kept, keeping);
  const ownTls = url === undefined ? undefined : keptTls({ urls: [url], tls, field: 'task.tls' }, kept, keeping);
  const task: HttpTask = {
    type: 'http',
    ...(target ? { target: target.id, ...(path !== undefined && { path }) } : { ...(url !== undefined && { url }) }),
    method,
    headers: shown.headers,
    ...(shown.secretHeaders.length > 0 && { secretHeaders: shown.secretHeaders }),
    ...(ownTls && { tls: ownTls }),
    ...(contentType !== undefined && { contentType }),
    ...(body !== null && { body }),
  };
  if (body === null && contentType !== undefined) {
    kept.faults.push({ field: 'task.contentType', message: 'is for a task with a body; the event is JSON' });
  }
  return { task, sealed: kept.sealed, faults: kept.faults };
}

/** An HTTP task as a request gives it, its secrets in their places. */
export function givenHttp(input: HttpTaskInput): HttpTask {
  const { url, target, path, method = taskTraits.http.defaults.method, headers = {}, secretHeaders = [] } = input;
  const { body = null, contentType } = input;
  const secret = secretHeadersOf({ headers, secretHeaders });
  return {
    type: 'http',
    ...(url !== undefined && { url }),
    ...(target !== undefined && { target: target.toLowerCase() }),
    ...(path !== undefined && { path }),
    method,
    headers,
    body,
    ...(contentType !== undefined && { contentType }),
    ...(secret.length > 0 && { secretHeaders: secret }),
  };
}

/** What is wrong with where a task calls: by its own URL, or by a target and a path. */
function addressFaults({ url, target, path, tls }: HttpTaskInput, found: NamedTarget | undefined): FieldError[] {
  const faults: FieldError[] = [];
  if (target === undefined) {
    if (path !== undefined) faults.push({ field: 'task.path', message: 'is for tasks with a target only' });
    return faults;
  }
  if (url !== undefined) faults.push({ field: 'task.target', message: 'must not be given together with url' });
  else if (!found) faults.push({ field: 'task.target', message: 'must be a target that exists' });
  if (tls !== undefined)
    faults.push({ field: 'task.tls', message: 'must not be given with a target, which has its own' });
  return faults;
}

/** Whether calls go to another origin than those of the task that is kept now. */
function isElsewhere(address: string | undefined, { current, targets }: Keeping): boolean {
  const before = current && originOfTask(current.task, targets);
  return before !== undefined && address !== undefined && originOf(address) !== before;
}

function originOfTask(task: Task, targets: Keeping['targets']): string | undefined {
  if (task.type !== 'http') return undefined;
  return task.target === undefined ? originOf(task.url!) : targets.originOf(task.target);
}
