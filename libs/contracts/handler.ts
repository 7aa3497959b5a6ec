/** Which handlers run: `enabled` ones do, `archived` ones are out of sight and never deleted. */
export const handlerStatuses = ['enabled', 'disabled', 'archived'] as const;
export type HandlerStatus = (typeof handlerStatuses)[number];

export const taskTypes = ['script', 'http'] as const;
export type TaskType = (typeof taskTypes)[number];

/** What the failure of a handler does to the rest: see "Failure" in the documentation of delivery. */
export const failurePolicies = ['stop', 'continue', 'detach'] as const;
export type FailurePolicy = (typeof failurePolicies)[number];

export const httpMethods = ['POST', 'PUT', 'PATCH', 'DELETE', 'GET'] as const;
export type HttpMethod = (typeof httpMethods)[number];

/** `once`: a process for each event; `persistent`: a process that stays and takes one event a line. */
export const scriptModes = ['once', 'persistent'] as const;
export type ScriptMode = (typeof scriptModes)[number];

/** How handlers get their events: as billing publishes them, or as CloudEvents 1.0 in JSON. */
export const eventFormats = ['native', 'cloudevents'] as const;
export type EventFormat = (typeof eventFormats)[number];

export interface ScriptTask {
  type: 'script';
  /** Absolute, or below one of the executor's script folders. */
  path: string;
  args: string[];
  mode: ScriptMode;
}

export interface HttpTask {
  type: 'http';
  url: string;
  method: HttpMethod;
  /** Where a value is secret, and not yet wanted for a call, `***` stands in its place. */
  headers: Record<string, string>;
  /** Those of the headers whose values are secret, in lower case and sorted; absent when there are none. */
  secretHeaders?: string[];
  tls?: HttpTls;
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

export type Task = ScriptTask | HttpTask;

export interface RetryPolicy {
  /** Attempts in all, the first included. */
  maxAttempts: number;
  /** Waits before the second, third, … attempt, as written durations; the last one serves for all that follow. */
  schedule: string[];
}

/** Configuration that says what to do when events of one type happen. */
export interface Handler {
  id: string;
  name: string;
  description: string;
  /** Id of the event type. */
  event: string;
  task: Task;
  status: HandlerStatus;
  /** From 1; lower runs first, equal ones in order of creation. */
  priority: number;
  onFailure: FailurePolicy;
  /** How long one attempt may take, everything included. */
  timeoutMs: number;
  retry: RetryPolicy;
  maxConcurrency: number;
  /** In CEL; the handler runs for events of which it is true. Null: for all. */
  condition: string | null;
  format: EventFormat;
  /** Grows by one with every change. */
  version: number;
}

/** What a handler has where its creator says nothing. */
export const handlerDefaults = {
  description: '',
  status: 'enabled',
  onFailure: 'stop',
  timeoutMs: 10_000,
  retry: { maxAttempts: 8, schedule: ['5s', '5m', '30m', '2h', '5h', '10h', '14h'] },
  maxConcurrency: 64,
  condition: null,
  format: 'native',
} as const satisfies Partial<Omit<Handler, 'retry'>> & { retry: { maxAttempts: number; schedule: readonly string[] } };

/** The bounds of a handler's numbers; a value outside is refused with 400. */
export const handlerLimits = {
  nameLength: 255,
  descriptionLength: 10_000,
  conditionLength: 2_000,
  urlLength: 2_048,
  pathLength: 1_024,
  args: 100,
  argLength: 4_096,
  headers: 50,
  headerLength: 4_096,
  /** Of certificates, and of a key, as PEM. */
  pemLength: 65_536,
  priority: { min: 1, max: 1_000_000 },
  timeoutMs: { min: 1, max: 3_600_000 },
  maxAttempts: { min: 1, max: 100 },
  schedule: { min: 1, max: 100 },
  maxConcurrency: { min: 1, max: 10_000 },
} as const;
