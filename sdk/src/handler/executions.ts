/** The state of an incoming execution: new, running, or done. */
export type ExecutionState = 'new' | 'running' | 'done';

/**
 * Remembers finished executions, so that a repeated call does nothing. In production keep them in the database that the
 * work changes, in the same transaction. {@link MemoryExecutions} forgets them when the process ends.
 */
export interface Executions {
  /** Claims an execution for the caller, if it is new. */
  begin(id: string): Promise<ExecutionState> | ExecutionState;
  /** Its work is done. */
  done(id: string): Promise<void> | void;
  /** Its work has failed: the next attempt has to do it. */
  failed(id: string): Promise<void> | void;
}

const defaultCapacity = 10_000;

/** In memory, the latest ones up to a limit. */
export class MemoryExecutions implements Executions {
  readonly #capacity: number;
  readonly #states = new Map<string, 'running' | 'done'>();

  constructor(capacity = defaultCapacity) {
    this.#capacity = capacity;
  }

  begin(id: string): ExecutionState {
    const state = this.#states.get(id);
    if (state !== undefined) return state;
    this.#states.set(id, 'running');
    return 'new';
  }

  done(id: string): void {
    // Put last again: the oldest are forgotten first, and never one that runs.
    this.#states.delete(id);
    this.#states.set(id, 'done');
    for (const [each, state] of this.#states) {
      if (this.#states.size <= this.#capacity) return;
      if (state === 'done') this.#states.delete(each);
    }
  }

  failed(id: string): void {
    this.#states.delete(id);
  }
}
