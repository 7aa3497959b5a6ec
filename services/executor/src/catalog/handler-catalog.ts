import type { Condition } from '#conditions';
import type { Handler } from '#contracts';
import type { SigningKey } from '../dispatch/runner.ts';
import type { RetryPolicy } from './retry-policy.ts';

/** What the executor needs to know of a handler; the secrets of its task are in their places. */
export interface CatalogHandler extends Pick<
  Handler,
  'id' | 'name' | 'task' | 'onFailure' | 'timeoutMs' | 'maxConcurrency'
> {
  readonly retry: RetryPolicy;
  /** Says for which events it runs; absent: for all. */
  readonly condition?: Pick<Condition, 'of'>;
  /** What its calls are signed with. */
  readonly signing?: readonly SigningKey[];
  /** What must get neither into the journal nor into the log, whoever says it. */
  readonly hidden?: readonly string[];
  /** Why it cannot be called: a secret of its task does not open. */
  readonly locked?: string;
}

/** The enabled handlers by event type, each list in the order in which it runs. Never changes: a newer one replaces it. */
export class HandlerCatalog {
  static readonly empty = new HandlerCatalog(0, []);

  readonly revision: number;
  readonly #plans = new Map<string, CatalogHandler[]>();
  readonly #byId = new Map<string, CatalogHandler>();

  /** @param handlers In the order in which they run. */
  constructor(revision: number, handlers: readonly (CatalogHandler & { event: string })[]) {
    this.revision = revision;
    for (const handler of handlers) {
      this.#byId.set(handler.id, handler);
      const plan = this.#plans.get(handler.event);
      if (plan) plan.push(handler);
      else this.#plans.set(handler.event, [handler]);
    }
  }

  /** The handlers that an event of this type runs, in order. */
  plan(eventType: string): readonly CatalogHandler[] {
    return this.#plans.get(eventType) ?? [];
  }

  /** The handler with this id, or undefined when it is not enabled. */
  handler(id: string): CatalogHandler | undefined {
    return this.#byId.get(id);
  }
}
