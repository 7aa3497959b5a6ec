/** The parts of the REST contract that the demo uses. */

export type Task =
  { type: 'http'; url: string; method: 'POST' } | { type: 'script'; path: string; args: string[]; mode: 'once' };

/** What one asks for; the rest of a handler has defaults. */
export interface HandlerInput {
  name: string;
  description: string;
  event: string;
  task: Task;
  status: 'enabled' | 'disabled';
  priority: number;
}

export interface Handler extends HandlerInput {
  id: string;
  version: number;
}

export interface EventType {
  id: string;
  group: string;
  /** A whole event, ready to be published but for its id. */
  sample: {
    event: { events_id: string; object_id: number | string };
    data: Record<string, unknown>;
  };
}

export interface Execution {
  handlerName: string;
  status: string;
  durationMs: number;
  attempts: { number: number; outcome: string; reason: string | null; durationMs: number }[];
}

export interface JournalEvent {
  id: string;
  type: string;
  status: 'succeeded' | 'failed' | 'waiting' | 'duplicate';
  /** In the order of the plan. */
  executions: Execution[];
}

export interface Catalog {
  revision: number;
  executors: { id: string; revision: number }[];
}

export interface Page<T> {
  items: T[];
  total: number;
  limit: number;
}
