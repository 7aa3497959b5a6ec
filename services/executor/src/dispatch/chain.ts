import type { DeferralReason } from '#contracts';
import type { CatalogHandler, HandlerCatalog } from '../catalog/handler-catalog.ts';
import type { AttemptMaker } from './attempt-maker.ts';
import type { Deferral, EventEnd } from './deferral.ts';
import { stopsOthers } from './failure-policy.ts';
import type { Hold } from './hold.ts';
import { permanent } from './outcome.ts';
import { hasFailed, isSettled, skippedHandlers, type KnownExecutions, type Progress, type Step } from './progress.ts';
import { executionOf, type Run } from './run.ts';

/** What a chain is to be run with. */
export interface ChainOrder {
  readonly run: Run;
  /** Is brought on. */
  readonly progress: Progress;
  /** Handlers are taken from it as they are there; one that it has not got is no longer enabled. */
  readonly catalog: HandlerCatalog;
  /** What the journal knows, for the times at which attempts are due. */
  readonly known: KnownExecutions;
  /** True for an execution that is already on its own. */
  readonly detached: boolean;
  /** True when a person wants the execution given up that would be next. */
  readonly giveUp: boolean;
}

/** Why a step cannot come to its end now. */
interface Wait {
  readonly reason: DeferralReason;
  readonly delayMs: number;
}

/** Where the slow lane has to put something back that it took too soon. */
const putBackMs = 1_000;

/** Runs the handlers of an event, one after another, in the order of its plan, until its end or until it has to wait. */
export class Chain {
  readonly #attempts: AttemptMaker;

  constructor(attempts: AttemptMaker) {
    this.#attempts = attempts;
  }

  /** @throws The hold's reason when it is lost. */
  async run(order: ChainOrder, hold: Hold): Promise<EventEnd> {
    const { run, progress, catalog } = order;
    const detached: Deferral[] = [];
    let rest: Deferral | null = null;
    let giveUp = order.giveUp;
    for (const step of progress.steps) {
      if (step.status === 'detached') continue;
      const handler = catalog.handler(step.handlerId);
      if (!isSettled(step)) {
        const wait = giveUp ? this.#giveUp(run, step) : await this.#bring(order, step, handler, hold);
        giveUp = false;
        if (wait && handler?.onFailure === 'detach' && !order.detached)
          detached.push(detach(run, progress, step, wait));
        else if (wait) rest = remainder(order, step, wait);
      }
      if (rest) break;
      if (step.status === 'failed' && stopsOthers(handler)) skipRest(progress);
    }
    return { failed: hasFailed(progress), skipped: rest ? [] : skippedHandlers(progress), rest, detached };
  }

  /** Brings a step to its end, or says what it waits for. */
  async #bring(order: ChainOrder, step: Step, handler: CatalogHandler | undefined, hold: Hold): Promise<Wait | null> {
    const { run, known } = order;
    if (!handler) return this.#passOver(run, step);
    const early = (known.get(step.handlerId)?.dueAt ?? 0) - Date.now();
    if (early > 0 && hold.lane !== 'urgent') return { reason: 'retry', delayMs: early };
    hold.assertOurs();
    if (!this.#isMeant(run, step, handler)) return null;
    const made = await this.#attempts.make(run, step, handler, hold);
    if ('refused' in made) return { reason: made.refused, delayMs: hold.lane === 'fast' ? 0 : putBackMs };
    // What was aborted is not for us to go on with.
    hold.assertOurs();
    step.status = made.status;
    return made.status === 'waiting' ? { reason: 'retry', delayMs: made.delayMs } : null;
  }

  /** Whether the handler is for this event; if not, the step is at its end. */
  #isMeant(run: Run, step: Step, handler: CatalogHandler): boolean {
    // What was tried already has been found to be for it.
    if (!handler.condition || step.met || step.status !== 'pending') return true;
    const startedAt = new Date();
    const start = performance.now();
    const verdict = handler.condition.of(run.event);
    if (verdict.kind === 'met') step.met = true;
    else if (verdict.kind === 'unmet') {
      this.#attempts.close(run, step, 'skipped', 'condition_unmet');
      step.status = 'skipped';
    } else {
      const outcome = permanent('condition_failed', `its condition cannot be evaluated: ${verdict.message}`);
      const made = { startedAt, durationMs: performance.now() - start, result: { outcome, response: {} } };
      step.status = this.#attempts.conclude(run, step, handler, made).status;
    }
    return verdict.kind === 'met';
  }

  #passOver(run: Run, step: Step): null {
    // One that was never tried has nothing in the journal that would stay open.
    if (step.status === 'waiting') this.#attempts.close(run, step, 'skipped', 'handler_disabled');
    step.status = 'skipped';
    return null;
  }

  #giveUp(run: Run, step: Step): null {
    this.#attempts.close(run, step, 'failed', 'given_up');
    step.status = 'failed';
    return null;
  }
}

/** The handlers after one that has failed do not run. */
function skipRest({ steps }: Progress): void {
  for (const step of steps) if (!isSettled(step) && step.status !== 'detached') step.status = 'skipped';
}

function remainder({ run, progress, detached }: ChainOrder, step: Step, { reason, delayMs }: Wait): Deferral {
  const key = detached ? executionOf(run, step.handlerId) : run.event.partitionKey;
  return { key, detached, handlerId: step.handlerId, reason, delayMs, progress };
}

/** Takes a step out of the event, to go on beside it. */
function detach(run: Run, { revision }: Progress, step: Step, { reason, delayMs }: Wait): Deferral {
  const progress = { revision, steps: [{ ...step }] };
  step.status = 'detached';
  const key = executionOf(run, step.handlerId);
  return { key, detached: true, handlerId: step.handlerId, reason, delayMs, progress };
}
