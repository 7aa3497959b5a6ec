import { isLongEnough } from '#contracts';
import type { KnownEvent } from '../record/journal-lookup.ts';
import {
  isOpen,
  reachedByAll,
  type KnownExecution,
  type KnownExecutions,
  type Progress,
  type Resumption,
  type Run,
  type Step,
} from '../record/run.ts';
import type { CatalogHandler } from './handler-catalog.ts';

// Whether an event may begin, and where it is taken up, as pure functions: no clock, no I/O.

/**
 * When the events of a key take so long, those behind them move over where they take the places of other keys' events.
 */
const longestWaitForTurnMs = 5_000;

/** How an event may begin that arrives. */
export type Admission =
  | 'run'
  /** It was committed when its message got lost on the way back: nothing is left but to acknowledge it. */
  | 'finished'
  /** Its id was seen before: record that, and run nothing. */
  | 'duplicate'
  /** An event of its key waits, and this one waits behind it. */
  | 'behind'
  /** Its key is slow, and it moves over to the slow lane. */
  | 'slow_key';

/** What the gate asks before an event begins. */
export interface Arriving {
  /** Whether the broker may have handed this very message out before. */
  readonly repeated: boolean;
  /** How long it had to wait for its turn. */
  readonly waitedMs: number;
  /** Whether it takes a place that an event of another key waits for. */
  readonly crowded: boolean;
}

/** Whether an event may begin that arrives. */
export function admit({ status, keyWaits }: Pick<KnownEvent, 'status' | 'keyWaits'>, event: Arriving): Admission {
  if (status !== undefined) return event.repeated ? 'finished' : 'duplicate';
  if (keyWaits) return 'behind';
  return event.crowded && event.waitedMs > longestWaitForTurnMs ? 'slow_key' : 'run';
}

/** The plans in force. */
export interface Plans {
  readonly revision: number;
  plan(eventType: string): readonly Pick<CatalogHandler, 'id' | 'task' | 'lasting'>[];
  /** Ids of the disabled handlers, in order. */
  disabled(eventType: string): readonly string[];
}

/**
 * The plan of an event that begins: all enabled handlers of its type, or those of them that a replay is for. Of those
 * for notices, each runs when the trouble has lasted as long as it says.
 *
 * @param known An executor may have begun the event and died. Handlers that it called and that were disabled since are
 * in the plan as well, each where it was: their executions have to come to an end.
 */
export function begin(
  catalog: Plans,
  { event, replay }: Pick<Run, 'event' | 'replay'>,
  known: KnownExecutions,
): Progress {
  const wanted = replay?.handlerIds;
  const plan = catalog.plan(event.type);
  const isWanted = (id: string) => wanted?.includes(id) ?? true;
  const progress = planOf(
    catalog.revision,
    plan.filter(({ id, lasting = null }) => isWanted(id) && isLongEnough(lasting, event)),
    catalog.disabled(event.type).filter(isWanted),
  );
  return known.size === 0 ? progress : withBegun(progress, known);
}

/** The plan with the executions that were begun and that it lacks. */
function withBegun({ revision, steps, disabled = [] }: Progress, known: KnownExecutions): Progress {
  const planned = new Set(steps.map(({ handlerId }) => handlerId));
  const missing = [...known].filter(([handlerId]) => !planned.has(handlerId));
  const all = [...steps];
  for (const [handlerId, { taskType, position }] of missing.sort(([, a], [, b]) => a.position - b.position)) {
    all.splice(position - 1, 0, { handlerId, taskType, position, status: 'pending', attempts: 0 });
  }
  const leftOut = disabled.filter((id) => !known.has(id));
  return {
    revision,
    steps: all.map((step, index) => ({ ...step, position: index + 1 })),
    ...(leftOut.length > 0 && { disabled: leftOut }),
  };
}

/**
 * A plan of which nothing was tried yet.
 *
 * @param disabled Ids of the handlers that are left out of it because they are disabled.
 */
export function planOf(
  revision: number,
  handlers: readonly Pick<CatalogHandler, 'id' | 'task'>[],
  disabled: readonly string[] = [],
): Progress {
  const steps = handlers.map(({ id, task }, index): Step => {
    return { handlerId: id, taskType: task.type, position: index + 1, status: 'pending', attempts: 0 };
  });
  return { revision, steps, ...(disabled.length > 0 && { disabled }) };
}

/**
 * Where a failed event continues: what has succeeded is done, what failed is called again, with all attempts of its
 * retry policy, and then what an earlier failure had stopped. The handlers are those of now, and their conditions are
 * evaluated again.
 *
 * @param known All executions of the event.
 */
export function resumed(
  catalog: Pick<Plans, 'revision'> & { handler(id: string): Pick<CatalogHandler, 'task'> | undefined },
  { failed, settled, skipped }: Resumption,
  known: KnownExecutions,
): Progress {
  const attemptsOf = new Map(failed.map(({ handlerId, attempts }) => [handlerId, attempts]));
  const begun = [...known].filter(([id]) => !skipped.includes(id)).sort(([, a], [, b]) => a.position - b.position);
  const steps = begun.map(([handlerId, { status, taskType, reached, ...execution }]): Omit<Step, 'position'> => {
    const attempts = attemptsOf.get(handlerId);
    if (attempts !== undefined && status !== 'succeeded' && status !== 'skipped') {
      const step = { handlerId, taskType, reached, attempts };
      if (catalog.handler(handlerId)) return { ...step, status: 'pending', resumedAt: attempts };
      return { ...step, status: 'failed', passed: true };
    }
    const { kept } = execution;
    const step = { handlerId, taskType, reached, attempts: execution.attempts, ...(kept && { kept }) };
    // It waits apart from the rest, and continues there.
    if (status === 'waiting') return { ...step, status: 'detached' };
    return { ...step, status, ...(settled.includes(handlerId) && { passed: true }) };
  });
  // A failure that the journal has lost the attempts of is still called again, before what it stopped.
  const unknown = failed
    .filter(({ handlerId }) => !known.has(handlerId))
    .map(({ handlerId, attempts }): Omit<Step, 'position'> => {
      const taskType = catalog.handler(handlerId)?.task.type ?? 'http';
      return { handlerId, taskType, status: 'pending', attempts, resumedAt: attempts };
    });
  const stopped = skipped.map((handlerId): Omit<Step, 'position'> => {
    // The type of a handler that is gone does not matter: it is not called.
    const taskType = catalog.handler(handlerId)?.task.type ?? 'http';
    return { handlerId, taskType, status: 'pending', attempts: 0 };
  });
  return {
    revision: catalog.revision,
    steps: [...steps, ...unknown, ...stopped].map((step, index) => ({ ...step, position: index + 1 })),
  };
}

/** Brings progress up to what the journal knows: an executor may have died before it could say how far it had come. */
export function catchUp(progress: Progress, known: KnownExecutions): Progress {
  if (known.size === 0) return progress;
  const steps = progress.steps.map((step) => {
    const execution = known.get(step.handlerId);
    if (!execution || !isOpen(step) || isBeforeResume(execution, step)) return step;
    const { status, attempts, dueAt, kept = step.kept } = execution;
    const reached = reachedByAll(step.reached, execution.reached);
    return { ...step, status, attempts: Math.max(step.attempts, attempts), dueAt, reached, ...(kept && { kept }) };
  });
  return { ...progress, steps };
}

/** Whether what the journal knows is the failure for which the execution was resumed. */
function isBeforeResume({ status, attempts }: KnownExecution, { resumedAt }: Step): boolean {
  return status === 'failed' && resumedAt !== undefined && attempts <= resumedAt;
}
