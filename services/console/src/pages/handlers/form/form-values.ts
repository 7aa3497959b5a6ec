import {
  handlerDefaults,
  parseDuration,
  type EventFormat,
  type FailurePolicy,
  type HttpMethod,
  type ScriptMode,
} from '#contracts';
import type { HandlerView } from '../../../api/generated/schema.d.ts';
import { headerRowsOf, isSealed, repeatedNames, type HeaderRow } from './header-rows.ts';

/** A line of a list that grows in the form; the key tells it from its equals. */
export interface ArgumentRow {
  key: string;
  value: string;
}

/**
 * What the dialog is filled in with. Both kinds of task are kept while one of them is looked at, so that turning the switch loses
 * nothing; durations are texts, as people and the API write them.
 */
export interface HandlerFormValues {
  name: string;
  description: string;
  event: string;
  taskType: 'script' | 'http';
  script: { path: string; args: ArgumentRow[]; mode: ScriptMode };
  http: {
    url: string;
    method: HttpMethod;
    headers: HeaderRow[];
    tls: { ca: string; certificate: string; key: string };
  };
  isEnabled: boolean;
  /** A number, or empty: after the last one of its event. */
  priority: number | string;
  onFailure: FailurePolicy;
  timeout: string;
  maxAttempts: number | string;
  /** Waits, separated by commas. */
  schedule: string;
  maxConcurrency: number | string;
  /** In CEL; empty: there is none. */
  condition: string;
  format: EventFormat;
  /** Of a new handler: whether a secret for its signatures is made with it. */
  isSigned: boolean;
}

/** A handler that nobody has filled in, with the API's own defaults to be seen. */
export function blankValues(event = ''): HandlerFormValues {
  const { onFailure, retry, maxConcurrency, format } = handlerDefaults;
  return {
    name: '',
    description: '',
    event,
    taskType: 'script',
    script: { path: '', args: [], mode: 'once' },
    http: { url: '', method: 'POST', headers: [], tls: { ca: '', certificate: '', key: '' } },
    isEnabled: true,
    priority: '',
    onFailure,
    timeout: '',
    maxAttempts: retry.maxAttempts,
    schedule: retry.schedule.join(', '),
    maxConcurrency,
    condition: '',
    format,
    isSigned: false,
  };
}

/** A handler as it is, to be changed. */
export function valuesOf(handler: HandlerView): HandlerFormValues {
  const { name, description, event, status, priority, onFailure, retry, maxConcurrency } = handler;
  return {
    ...blankValues(event),
    ...taskValues(handler),
    name,
    description,
    isEnabled: status === 'enabled',
    priority,
    onFailure,
    timeout: durationText(handler.timeoutMs),
    maxAttempts: retry.maxAttempts,
    schedule: retry.schedule.join(', '),
    maxConcurrency,
    condition: handler.condition ?? '',
    format: handler.format ?? handlerDefaults.format,
  };
}

/**
 * A handler like another. Its secrets stay with the other one, and have to be given again; its place is behind the last of its event,
 * and it does nothing until somebody enables it.
 */
export function cloneOf(handler: HandlerView): HandlerFormValues {
  const values = valuesOf(handler);
  const headers = values.http.headers.map((row) => (row.isKept ? { ...row, value: '', isKept: false } : row));
  const tls = { ...values.http.tls, key: '' };
  return {
    ...values,
    name: `${values.name} (copy)`,
    priority: '',
    isEnabled: false,
    http: { ...values.http, headers, tls },
  };
}

function taskValues({ task }: HandlerView): Partial<HandlerFormValues> {
  if (task.type === 'script') {
    const args = task.args.map((value) => ({ key: crypto.randomUUID(), value }));
    return { taskType: 'script', script: { path: task.path, args, mode: task.mode } };
  }
  const { ca = '', certificate = '', key = '' } = task.tls ?? {};
  const { url, method } = task;
  return { taskType: 'http', http: { url, method, headers: headerRowsOf(task), tls: { ca, certificate, key } } };
}

/** A duration as the API writes it, in the greatest unit that holds it without a rest. */
export function durationText(ms: number): string {
  const units = [
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1_000],
  ] as const;
  const [unit, size] = units.find(([, each]) => ms % each === 0) ?? ['ms', 1];
  return `${ms / size}${unit}`;
}

/** The waits that are written in one line, by commas or spaces. */
export function waitsIn(schedule: string): string[] {
  return schedule.split(/[\s,;]+/).filter((wait) => wait !== '');
}

/** What can be said to be wrong without asking the API, and what it could not see: it takes an object for the headers. */
export function faultsOf(values: HandlerFormValues, isNew: boolean): Record<string, string> {
  const { event, timeout, maxAttempts, maxConcurrency } = values;
  const faults: Record<string, string> = {};
  if (event === '') faults.event = 'Choose the event';
  if (timeout.trim() !== '' && parseDuration(timeout.trim()) === undefined) {
    faults.timeout = 'must be a duration like 500ms, 10s or 2m';
  }
  // Of a new handler they are left to the API. Of one that is there it would take them for unchanged.
  const numbers = { priority: values.priority, maxAttempts, maxConcurrency, timeout: timeout.trim() };
  const missing = isNew ? [] : Object.entries(numbers).filter(([, value]) => value === '');
  for (const [name] of missing) faults[name] = 'must not be empty';
  return values.taskType === 'http' ? { ...faults, ...headerFaults(values.http.headers) } : faults;
}

function headerFaults(rows: readonly HeaderRow[]): Record<string, string> {
  const repeated = repeatedNames(rows).map((index) => [`http.headers.${index}.name`, 'is there twice']);
  const empty = rows.flatMap((row, index) =>
    isSealed(row) && row.value === '' ? [[`http.headers.${index}.value`, 'must be given']] : [],
  );
  return Object.fromEntries([...repeated, ...empty]) as Record<string, string>;
}
