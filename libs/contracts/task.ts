export const httpMethods = ['POST', 'PUT', 'PATCH', 'DELETE', 'GET'] as const;
export type HttpMethod = (typeof httpMethods)[number];

/** `once`: a process for each event; `persistent`: a process that stays and takes one event a line. */
export const scriptModes = ['once', 'persistent'] as const;
export type ScriptMode = (typeof scriptModes)[number];

export interface ScriptTask {
  type: 'script';
  /** Absolute, or below one of the executor's script folders. */
  path: string;
  args: string[];
  mode: ScriptMode;
}

export interface HttpTask {
  type: 'http';
  /** Where calls go; absent where the task names a target. */
  url?: string;
  /** Id of the target that is called; absent where the task has a URL. */
  target?: string;
  /** Behind the target's base URL, with a slash in front and perhaps a query; there with a target only. */
  path?: string;
  method: HttpMethod;
  /** Where a value is secret, and not yet wanted for a call, `***` stands in its place. */
  headers: Record<string, string>;
  /** Those of the headers whose values are secret, in lower case and sorted; absent when there are none. */
  secretHeaders?: string[];
  tls?: HttpTls;
  /** What is sent, with placeholders; null or absent: the event as it is. */
  body?: string | null;
  /** Of that body; absent: application/json. */
  contentType?: string;
}

/** What is used with an HTTPS target instead of what all use; each as PEM. */
export interface HttpTls {
  /** Who vouches for the target, in place of those whom the system trusts. */
  ca?: string;
  /** What we show the target, with what vouches for it behind it. */
  certificate?: string;
  /** Of the certificate; a secret, as the headers that are. */
  key?: string;
}

/** A message that goes out through the mail server of `SMTP_URL`, as plain text. */
export interface EmailTask {
  type: 'email';
  /** Addresses, each as {@link emailAddressFault} wants it. */
  to: string[];
  cc: string[];
  subject: string;
  text: string;
}

/**
 * The shape of each type's task, as it is stored and as it goes over a wire. A new type begins here, and compiles once
 * each table that is keyed by `TaskType` has an entry for it.
 */
export interface Tasks {
  script: ScriptTask;
  http: HttpTask;
  email: EmailTask;
}

export type TaskType = keyof Tasks;

/** What a handler does. */
export type Task = Tasks[TaskType];

/** What is the same of a type of task wherever it is spoken of. */
export interface TaskTraits<T extends Task = Task> {
  /** What people call it. */
  readonly label: string;
  /** The fields, in the order in which people see them; a search of handlers looks through the texts of some. */
  readonly fields: { readonly [Field in keyof T]-?: 'shown' | 'searched' };
  /** The values of fields that a task leaves out. */
  readonly defaults: { readonly [Field in keyof T]?: T[Field] | readonly never[] };
  /** Whether the calls can be signed by Standard Webhooks. */
  readonly isSignable: boolean;
}

export const taskTraits = {
  script: {
    label: 'Script',
    fields: { type: 'shown', path: 'searched', args: 'shown', mode: 'shown' },
    defaults: { args: [], mode: 'once' },
    isSignable: false,
  },
  http: {
    label: 'HTTP',
    fields: {
      type: 'shown',
      url: 'searched',
      target: 'shown',
      path: 'searched',
      method: 'shown',
      headers: 'shown',
      secretHeaders: 'shown',
      tls: 'shown',
      contentType: 'shown',
      body: 'searched',
    },
    defaults: { method: 'POST', headers: {}, body: null },
    isSignable: true,
  },
  email: {
    label: 'E-mail',
    fields: { type: 'shown', to: 'searched', cc: 'searched', subject: 'searched', text: 'shown' },
    defaults: { cc: [] },
    isSignable: false,
  },
} as const satisfies { [T in TaskType]: TaskTraits<Tasks[T]> };

/** Every type of task, in the order in which people see them. */
export const taskTypes = /* @__PURE__ */ Object.keys(taskTraits) as readonly TaskType[];

/** The bounds of what tasks hold; more is refused with 400. Lengths are characters. */
export const taskLimits = {
  urlLength: 2_048,
  pathLength: 1_024,
  args: 100,
  argLength: 4_096,
  headers: 50,
  headerLength: 4_096,
  /** Of certificates, and of a key, as PEM. */
  pemLength: 65_536,
  bodyLength: 65_536,
  contentTypeLength: 255,
  /** Of each of `to` and `cc`. */
  recipients: 50,
  subjectLength: 500,
  textLength: 65_536,
} as const;
