import type { Condition } from '#conditions';
import { parseDuration, type Handler, type RetryPolicy as WrittenPolicy, type Target } from '#contracts';
import type { AnswerRules } from '#outcomes';
import type { TaskShape } from '#templates';
import type { SigningKey } from '../call/call.ts';
import type { OpenedTarget } from '../call/opened-target.ts';

/** When a handler's failed attempts are made again. */
export interface RetryPolicy {
  /** Attempts in all, the first included. */
  readonly maxAttempts: number;
  /** Milliseconds before the second, third, … attempt; the last one serves for all that follow. At least one. */
  readonly waitsMs: readonly number[];
}

/** Reads the policy of a handler as the registry keeps it, which has checked it. */
export function retryPolicy({ maxAttempts, schedule }: WrittenPolicy): RetryPolicy {
  return { maxAttempts, waitsMs: schedule.map((wait) => parseDuration(wait) ?? 0) };
}

/** What the executor needs to know of a target. All handlers of one version of a target have the same object. */
export interface CatalogTarget extends Pick<
  Target,
  'id' | 'name' | 'version' | 'rate' | 'maxConcurrency' | 'hold' | 'windows' | 'releasePerSecond'
> {
  /** What calls of it need; or why it cannot be called: a secret of it does not open. */
  readonly opened: OpenedTarget | { readonly locked: string };
}

/** What the executor needs to know of a handler; the secrets of its task are in their places. */
export interface CatalogHandler extends Pick<
  Handler,
  | 'id'
  | 'name'
  | 'task'
  | 'onFailure'
  | 'timeoutMs'
  | 'maxConcurrency'
  | 'format'
  | 'hold'
  | 'windows'
  | 'releasePerSecond'
> {
  /** What its task names. */
  readonly target?: CatalogTarget;
  readonly retry: RetryPolicy;
  /** How long the trouble of a notice has to last, as a written duration; null or absent: no time. */
  readonly lasting?: string | null;
  /** Says for which events it runs; absent: for all. */
  readonly condition?: Pick<Condition, 'of'>;
  /** Makes its task for an event; absent: all its calls are the same. */
  readonly shape?: Pick<TaskShape, 'render'>;
  /** Judges its answers and keeps values of them; absent: by the usual rules, and none. */
  readonly rules?: Pick<AnswerRules, 'of' | 'sources'>;
  /** What its calls are signed with. */
  readonly signing?: readonly SigningKey[];
  /** Values that must not reach the journal or the log, from any source. */
  readonly hidden?: readonly string[];
  /** Why it cannot be called: a secret of its task does not open. */
  readonly locked?: string;
}

/** What says where in which plan a handler is. */
export interface Place extends Pick<Handler, 'id' | 'event' | 'priority'> {
  /** ISO 8601 with microseconds, UTC: the older one of two with the same priority runs first. */
  readonly createdAt: string;
}

export interface PlannedHandler extends CatalogHandler, Place {}

/** An event records at most this many disabled handlers, so that its row stays small. */
const maxDisabledPerEvent = 100;

/**
 * The enabled handlers by event type, each list in the order in which it runs, and the ids of the disabled ones. Never
 * changes: a newer one replaces it.
 */
export class HandlerCatalog {
  static readonly empty = new HandlerCatalog(0, new Map(), new Map(), new Map(), new Map());

  readonly revision: number;
  readonly #byId: ReadonlyMap<string, PlannedHandler>;
  readonly #plans: ReadonlyMap<string, readonly PlannedHandler[]>;
  readonly #disabled: ReadonlyMap<string, Place>;
  readonly #targets: ReadonlyMap<string, CatalogTarget>;
  /** Ids by event type, made when they are first asked for. */
  readonly #disabledIds = new Map<string, readonly string[]>();

  private constructor(
    revision: number,
    byId: ReadonlyMap<string, PlannedHandler>,
    plans: ReadonlyMap<string, readonly PlannedHandler[]>,
    disabled: ReadonlyMap<string, Place>,
    targets: ReadonlyMap<string, CatalogTarget>,
  ) {
    this.revision = revision;
    this.#byId = byId;
    this.#plans = plans;
    this.#disabled = disabled;
    this.#targets = targets;
  }

  /** All enabled handlers, in no order. */
  get handlers(): Iterable<CatalogHandler> {
    return this.#byId.values();
  }

  /** The targets of enabled handlers, by id. */
  get targets(): ReadonlyMap<string, CatalogTarget> {
    return this.#targets;
  }

  /** The handlers that an event of this type runs, in order. */
  plan(eventType: string): readonly CatalogHandler[] {
    return this.#plans.get(eventType) ?? [];
  }

  /** Ids of the disabled handlers of this event type, in order; the first {@link maxDisabledPerEvent} of them. */
  disabled(eventType: string): readonly string[] {
    if (this.#disabled.size === 0) return noIds;
    let ids = this.#disabledIds.get(eventType);
    if (!ids) {
      const places = [...this.#disabled.values()].filter(({ event }) => event === eventType).sort(inOrder);
      ids = places.slice(0, maxDisabledPerEvent).map(({ id }) => id);
      this.#disabledIds.set(eventType, ids);
    }
    return ids;
  }

  /** The handler with this id, or undefined when it is not enabled. */
  handler(id: string): CatalogHandler | undefined {
    return this.#byId.get(id);
  }

  /**
   * The catalog that a later revision makes of this one. The plans of event types that it does not touch stay the same.
   *
   * @param enabled As they are now: those that were changed, and those that are new.
   * @param disabled Those that are disabled now.
   * @param archived Ids; it may never have had them.
   */
  with(
    revision: number,
    enabled: readonly PlannedHandler[],
    disabled: readonly Place[] = [],
    archived: readonly string[] = [],
  ): HandlerCatalog {
    const byId = new Map(this.#byId);
    const disabledById = new Map(this.#disabled);
    const left = new Set<PlannedHandler>();
    for (const id of [...archived, ...[...disabled, ...enabled].map((handler) => handler.id)]) {
      const before = byId.get(id);
      if (before) left.add(before);
      byId.delete(id);
      disabledById.delete(id);
    }
    for (const handler of enabled) byId.set(handler.id, handler);
    for (const place of disabled) disabledById.set(place.id, place);

    const plans = new Map(this.#plans);
    const joined = Map.groupBy(enabled, ({ event }) => event);
    for (const event of new Set([...left, ...enabled].map((handler) => handler.event))) {
      const stays = this.#plans.get(event)?.filter((handler) => !left.has(handler)) ?? [];
      const plan = [...stays, ...(joined.get(event) ?? [])].sort(inOrder);
      if (plan.length > 0) plans.set(event, plan);
      else plans.delete(event);
    }
    return new HandlerCatalog(revision, byId, plans, disabledById, targetsOf(byId.values()));
  }
}

function targetsOf(handlers: Iterable<CatalogHandler>): Map<string, CatalogTarget> {
  const targets = new Map<string, CatalogTarget>();
  for (const { target } of handlers) if (target) targets.set(target.id, target);
  return targets;
}

const noIds: readonly string[] = [];

/** By priority, then by age; the id settles what is left, so that all executors agree. */
function inOrder(one: Place, other: Place): number {
  return one.priority - other.priority || compare(one.createdAt, other.createdAt) || compare(one.id, other.id);
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
