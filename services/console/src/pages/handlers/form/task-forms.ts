import { emailAddressFault, taskTypes, type HttpMethod, type ScriptMode, type TaskType } from '#contracts';
import type { CreateHandlerInput } from '#contracts/rest-api';
import type { TaskView } from '../../../components/task-types.tsx';
import { headerRowsOf, headersIn, isSealed, repeatedNames, type HeaderRow } from './header-rows.ts';

/** A line of a list that grows in the form; the key tells it from its equals. */
export interface ArgumentRow {
  key: string;
  value: string;
}

/** Certificates, and a key, as PEM; empty where there are none. */
export interface TlsValues {
  ca: string;
  certificate: string;
  key: string;
}

export const blankTls: TlsValues = { ca: '', certificate: '', key: '' };

/** The certificates that were given. */
export function tlsIn(tls: TlsValues): Partial<TlsValues> | undefined {
  const given = Object.entries(tls).filter(([, text]: [string, string]) => text.trim() !== '');
  return given.length > 0 ? Object.fromEntries(given) : undefined;
}

/** What the form holds of each type of task. */
export interface TaskValues {
  script: { path: string; args: ArgumentRow[]; mode: ScriptMode };
  http: {
    /** What is called: the URL, or the path of the target. Both are kept while one is looked at. */
    by: 'url' | 'target';
    url: string;
    /** Id; empty while none is chosen. */
    target: string;
    path: string;
    method: HttpMethod;
    headers: HeaderRow[];
    tls: TlsValues;
    /** Whether a text of its own is sent in place of the event. */
    hasBody: boolean;
    body: string;
    /** Empty: application/json. */
    contentType: string;
  };
  /** Addresses are separated by commas or line breaks. */
  email: { to: string; cc: string; subject: string; text: string };
}

/** All types are kept while one of them is looked at, so that turning the switch loses nothing. */
export type TaskFormValues = TaskValues & { type: TaskType };

type TaskInputs = { [T in TaskType]: Extract<CreateHandlerInput['task'], { type: T }> };

/** An error where it stands: a path within the values of the type, `headers.0.value`. */
export type Placed = readonly [path: string, message: string];

/** How one type of task stands in the form. */
interface TaskForm<T extends TaskType = TaskType> {
  blank(): TaskValues[T];
  valuesOf(task: TaskView<T>): TaskValues[T];
  inputOf(values: TaskValues[T]): TaskInputs[T];
  hasSecrets(task: TaskView<T>): boolean;
  /** For a clone: without the secrets, which stay with the handler that has them. */
  withoutSecrets(values: TaskValues[T]): TaskValues[T];
  /** What can be said to be wrong without asking the API, by path. */
  faults(values: TaskValues[T]): readonly Placed[];
  /** Where an error of the API stands, by the path of the task's field; undefined: the form has no field for it. */
  place(path: string, message: string, values: TaskValues[T]): Placed | undefined;
}

/** The API says which of a list it means in words, where it checks the list as one. */
const item = /^item (\d+) (.+)$/s;
const header = /^header "?([^\s"]+)"? (.+)$/s;

const forms: { readonly [T in TaskType]: TaskForm<T> } = {
  script: {
    blank: () => ({ path: '', args: [], mode: 'once' }),
    valuesOf: ({ path, args, mode }) => ({
      path,
      args: args.map((value) => ({ key: crypto.randomUUID(), value })),
      mode,
    }),
    inputOf: ({ path, args, mode }) => ({
      type: 'script',
      path: path.trim(),
      args: args.map(({ value }) => value),
      mode,
    }),
    hasSecrets: () => false,
    withoutSecrets: (values) => values,
    faults: ({ path }) => (path.trim() === '' ? [['path', 'Enter the path of a script']] : []),
    place(path, message, { args }) {
      const [, index, fault] = path === 'args' ? (item.exec(message) ?? []) : [];
      if (fault !== undefined && args[Number(index)]) return [`args.${index}.value`, fault];
      const [, place = ''] = /^args\.(\d+)$/.exec(path) ?? [];
      if (args[Number(place)] && place !== '') return [`args.${place}.value`, message];
      return ['path', 'args', 'mode'].includes(path) ? [path, message] : undefined;
    },
  },
  http: {
    blank: () => ({
      by: 'url',
      url: '',
      target: '',
      path: '',
      method: 'POST',
      headers: [],
      tls: { ...blankTls },
      hasBody: false,
      body: '',
      contentType: '',
    }),
    valuesOf: ({ url = '', target = '', path = '', method, tls, body, contentType = '', ...task }) => ({
      by: target === '' ? 'url' : 'target',
      url,
      target,
      path,
      method,
      headers: headerRowsOf(task),
      tls: { ...blankTls, ...tls },
      hasBody: body !== undefined,
      body: body ?? '',
      contentType,
    }),
    inputOf({ by, url, target, path, method, headers, tls, hasBody, body, contentType }) {
      const own = tlsIn(tls);
      const to = path.trim();
      return {
        type: 'http',
        ...(by === 'url' ? { url: url.trim() } : { target, ...(to !== '' && { path: to }) }),
        method,
        ...headersIn(headers),
        ...(by === 'url' && own && { tls: own }),
        ...(hasBody && contentType.trim() !== '' && { contentType: contentType.trim() }),
        ...(hasBody && { body }),
      };
    },
    hasSecrets: ({ secretHeaders, tls }) => secretHeaders !== undefined || tls?.key !== undefined,
    withoutSecrets: (values) => ({
      ...values,
      headers: values.headers.map((row) => (row.isKept ? { ...row, value: '', isKept: false } : row)),
      tls: { ...values.tls, key: '' },
    }),
    faults({ by, url, target, headers }) {
      const missing: Placed[] =
        by === 'url'
          ? url.trim() === ''
            ? [['url', 'Enter a URL']]
            : []
          : target === ''
            ? [['target', 'Choose a target']]
            : [];
      return [...missing, ...headerFaults(headers)];
    },
    place(path, message, { headers }) {
      if (path === 'tls') return ['tls.ca', message];
      const whole = ['url', 'target', 'path', 'method', 'tls.ca', 'tls.certificate', 'tls.key', 'body', 'contentType'];
      return whole.includes(path) ? [path, message] : headerPlace(path, message, headers);
    },
  },
  email: {
    blank: () => ({ to: '', cc: '', subject: '', text: '' }),
    valuesOf: ({ to, cc, subject, text }) => ({ to: to.join(', '), cc: cc.join(', '), subject, text }),
    inputOf: ({ to, cc, subject, text }) => ({
      type: 'email',
      to: addressesIn(to),
      cc: addressesIn(cc),
      subject,
      text,
    }),
    hasSecrets: () => false,
    withoutSecrets: (values) => values,
    faults: ({ to, cc, subject, text }) => [
      ...addressFaults('to', to),
      ...(addressesIn(to).length === 0 ? [['to', 'Enter an e-mail address'] as const] : []),
      ...addressFaults('cc', cc),
      ...(subject.trim() === '' ? [['subject', 'Enter a subject'] as const] : []),
      ...(text.trim() === '' ? [['text', 'Enter a text'] as const] : []),
    ],
    place: (path, message) => (['to', 'cc', 'subject', 'text'].includes(path) ? [path, message] : undefined),
  },
};

/** E-mail addresses as people write several. A placeholder may have spaces and commas in it. */
export function addressesIn(text: string): string[] {
  return text.match(/(?:\{\{.*?\}\}|[^,;\s])+/gs) ?? [];
}

function addressFaults(path: string, text: string): Placed[] {
  return addressesIn(text).flatMap((address): Placed[] => {
    // What placeholders make of it is known when it is sent.
    const fault = address.includes('{{') ? undefined : emailAddressFault(address);
    return fault === undefined ? [] : [[path, `${address} ${fault}`]];
  });
}

/** What can be said to be wrong with rows of headers without asking the API. */
export function headerFaults(headers: readonly HeaderRow[]): Placed[] {
  const repeated = repeatedNames(headers).map((index): Placed => [`headers.${index}.name`, 'is a duplicate']);
  const empty = headers.flatMap((row, index): Placed[] =>
    isSealed(row) && row.value === '' ? [[`headers.${index}.value`, 'Enter a value']] : [],
  );
  return [...repeated, ...empty];
}

/** Where an error of the API about headers stands; undefined when it is about something else. */
export function headerPlace(path: string, message: string, headers: readonly HeaderRow[]): Placed | undefined {
  if (!/^(headers|secretHeaders)(\.|$)/.test(path)) return undefined;
  const [, named, fault] = path === 'headers' || path === 'secretHeaders' ? (header.exec(message) ?? []) : [];
  const name = path.startsWith('headers.') ? path.slice('headers.'.length) : named;
  const index = headers.findIndex((row) => row.name.trim().toLowerCase() === name?.toLowerCase());
  return index < 0 ? ['headers', message] : [`headers.${index}.value`, fault ?? message];
}

function formOf(type: TaskType): TaskForm {
  return forms[type];
}

export function blankTask(): TaskFormValues {
  const values = Object.fromEntries(taskTypes.map((type) => [type, forms[type].blank()])) as unknown as TaskValues;
  return { ...values, type: 'script' };
}

export function taskValues(task: TaskView): TaskFormValues {
  return { ...blankTask(), type: task.type, [task.type]: formOf(task.type).valuesOf(task) };
}

export function taskInput(values: TaskFormValues): CreateHandlerInput['task'] {
  return formOf(values.type).inputOf(values[values.type]);
}

/** Whether something of a task is kept sealed. */
export function hasSecrets(task: TaskView): boolean {
  return formOf(task.type).hasSecrets(task);
}

export function taskWithoutSecrets(values: TaskFormValues): TaskFormValues {
  return { ...values, [values.type]: formOf(values.type).withoutSecrets(values[values.type]) };
}

/** What can be said to be wrong without asking the API, by path within the task's values. */
export function taskFaults(values: TaskFormValues): Placed[] {
  const { type } = values;
  return formOf(type)
    .faults(values[type])
    .map(([path, message]) => [`${type}.${path}`, message]);
}

/** Where an error of the API stands within the task's values. */
export function taskPlace(path: string, message: string, values: TaskFormValues): Placed | undefined {
  const { type } = values;
  const placed = formOf(type).place(path, message, values[type]);
  return placed && [`${type}.${placed[0]}`, placed[1]];
}
