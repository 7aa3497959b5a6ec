import { eventVariables, type Kept } from '#conditions';
import { answerIn, cloudEventText, nativeEventText, type FieldError, type OutcomeRule } from '#contracts';
import type { Now } from '#database';
import type { Logger, Span, Tracer } from '#observability';
import type { Answered, RuledAnswer } from '#outcomes';
import { jsonWithoutTexts } from '#redaction';
import type { RenderedTask, RenderFailure } from '#templates';
import type { Call, Hold, Runner, Runners } from '../call/call.ts';
import { permanent, retryable, unsent, type AttemptResult, type Outcome } from '../call/outcome.ts';
import { attemptSpan } from '../observe/attempt-span.ts';
import { executionOf, resultsBefore, traceparentOf, type Run } from '../record/run.ts';
import type { CatalogHandler } from './handler-catalog.ts';
import { isCounted } from './judgement.ts';
import type { Call as CallMove } from './plan.ts';
import { keptTexts, masked, spellings, type SecretMasking } from './secret-masking.ts';

export interface AttemptsParts {
  runners: Runners;
  masking: Pick<SecretMasking, 'marked'>;
  /** The `source` of CloudEvents that are made of events which do not say where they come from. */
  cloudEventsSource: string;
  /** The database's clock. */
  now: Now;
  logger: Logger;
  /** There while traces are on. */
  tracer?: Tracer | undefined;
}

/** The result of a call as the handler's rules see it. */
interface JudgedResult extends AttemptResult {
  /** What later handlers of the event can read of the answer. */
  readonly kept?: Kept | undefined;
}

/** What is known of an attempt beside its answer. */
type AttemptFacts = Pick<Answered, 'event' | 'results' | 'attempt' | 'maybe'>;

/** An attempt that was made. */
export interface Made {
  readonly executionId: string;
  readonly startedAt: Date;
  /** When it began, by `performance.now()`. */
  readonly start: number;
  readonly span: Span | undefined;
  readonly result: JudgedResult;
  /** The secrets of what was sent, and what was kept of redacted fields for it. */
  readonly hidden: readonly string[];
}

/** Makes one attempt: renders the handler's task, calls it, and judges its answer. */
export class Attempts {
  readonly #parts: AttemptsParts;

  constructor(parts: AttemptsParts) {
    this.#parts = parts;
  }

  async make(run: Run, { step, attempt, then }: CallMove, handler: CatalogHandler, hold: Hold): Promise<Made> {
    const { now, logger, tracer } = this.#parts;
    const startedAt = new Date(now());
    const start = performance.now();
    const { event } = run;
    const executionId = executionOf(run, handler.id);
    const span = tracer && run.span && attemptSpan(tracer, run.span, handler, executionId, attempt);
    logger.debug({ eventId: event.id, executionId, handlerId: handler.id, attempt }, 'calling handler');
    const results = resultsBefore(then.progress, step.position);
    const shaped = handler.shape ? handler.shape.render(eventVariables(event, results)) : handler;
    if ('message' in shaped) {
      const result = unsent(templateFailed(shaped));
      return { executionId, startedAt, start, span, result, hidden: handler.hidden ?? none };
    }
    const hidden = hiddenIn(handler, shaped);
    const call = this.#callOf(run, handler, shaped, { executionId, attempt, startedAt, span });
    let made: AttemptResult;
    try {
      made = await this.#call(call, handler, hold);
    } catch (error) {
      made = this.#broken(error as Error, call, handler);
    }
    const maybe = run.again === true || (step.reached ?? 'no') !== 'no';
    const judged = judgedAnswer(made, handler, hidden, { event, results, attempt, maybe });
    const earlier = keptTexts(results);
    const kept = judged.kept && this.#parts.masking.marked(judged.kept, handler.rules?.sources ?? [], made, earlier);
    const result = kept ? { ...judged, kept } : judged;
    const all = earlier.length === 0 ? hidden : [...hidden, ...earlier];
    return { executionId, startedAt, start, span, result, hidden: all };
  }

  #callOf(
    { event }: Run,
    { id: handlerId, timeoutMs, format, signing, target }: CatalogHandler,
    { task, body, contentType }: RenderedTask,
    { executionId, attempt, startedAt, span }: Pick<Call, 'executionId' | 'attempt' | 'startedAt'> & Pick<Made, 'span'>,
  ): Call {
    return {
      task,
      handlerId,
      timeoutMs,
      event,
      format,
      body: body ?? this.#eventText(event, format),
      contentType,
      executionId,
      attempt,
      startedAt,
      signing,
      tokens: target && 'tokens' in target.opened ? target.opened.tokens : undefined,
      traceparent: traceparentOf({ span, event }),
    };
  }

  #eventText(event: Run['event'], format: Call['format']): string {
    return format === 'cloudevents' ? cloudEventText(event, this.#parts.cloudEventsSource) : nativeEventText(event);
  }

  #call(call: Call, { locked }: CatalogHandler, hold: Hold): AttemptResult | Promise<AttemptResult> {
    if (locked !== undefined) return unsent(retryable('secrets_unavailable', locked));
    // The table has, for every type of task, the runner of just that type; that is more than the compiler can follow.
    const runner = this.#parts.runners[call.task.type] as Runner;
    return runner.run(call, hold.signal, () => hold.assertOurs());
  }

  #broken(error: Error, { executionId, handlerId }: Call, { hidden }: CatalogHandler): AttemptResult {
    const { message, stack = message } = error;
    this.#parts.logger.error(
      { error: masked(stack, hidden), executionId, handlerId },
      'internal error in a task runner',
    );
    return { outcome: permanent('internal_error', message), reached: 'maybe', response: {} };
  }
}

/** How an attempt ends whose request cannot be made. */
function templateFailed({ field, message }: RenderFailure): Outcome {
  return permanent('template_failed', `${field} cannot be made for this event: ${message}`);
}

const none: readonly string[] = [];

/** The secrets of a handler, and what has become of those that have placeholders. */
function hiddenIn({ hidden = none, shape }: CatalogHandler, { task }: RenderedTask): readonly string[] {
  if (!shape || task.type !== 'http' || !task.secretHeaders) return hidden;
  const secret = new Set(task.secretHeaders);
  const values = Object.entries(task.headers).filter(([name]) => secret.has(name.toLowerCase()));
  return [...hidden, ...values.flatMap(([, value]) => spellings(value))];
}

/** Judges a call that got an answer by the handler's rules, and keeps what the handler says of it. */
function judgedAnswer(
  made: AttemptResult,
  { rules, name }: Pick<CatalogHandler, 'rules' | 'name'>,
  hidden: readonly string[],
  facts: AttemptFacts,
): JudgedResult {
  const found = rules && isAnswered(made) ? answerIn(made.response) : undefined;
  if (!rules || !found) return made;
  const ruled = rules.of({ ...found, ...facts });
  const outcome = outcomeOf(ruled, made);
  const values = outcome.kind === 'success' ? ruled.kept() : undefined;
  const shown = values === undefined ? undefined : jsonWithoutTexts(values, hidden);
  return {
    ...made,
    outcome: told(outcome, ruled.faults),
    kept: shown === undefined ? undefined : { name, values: shown },
  };
}

/** Whether the other side came to its end. What was taken back, or ended for its length, has not answered. */
function isAnswered({ outcome }: AttemptResult): boolean {
  return isCounted(outcome) && (outcome.kind === 'success' || !unanswered.has(outcome.reason));
}

const unanswered: ReadonlySet<string> = new Set(['timeout', 'internal_error']);

function outcomeOf({ rule }: RuledAnswer, { outcome, retryAfterMs }: AttemptResult): Outcome {
  if (!rule) return outcome;
  const { outcome: kind } = rule;
  const message = decided(rule);
  if (kind === 'success') return { kind, message, ...(rule.reason !== undefined && { reason: rule.reason }) };
  const { reason = unnamed } = rule;
  if (kind !== 'retryable' || retryAfterMs === undefined) return { kind, reason, message };
  return { kind, reason, message, retryAfterMs };
}

/** The reason of a failure by a rule that gives no word. */
const unnamed = 'outcome_rule';
const mostQuoted = 200;

function decided({ index, when }: OutcomeRule & { index: number }): string {
  const text = when.length > mostQuoted ? `${when.slice(0, mostQuoted).toWellFormed()}…` : when;
  return `outcomes.${index} decides: ${text}`;
}

/** An outcome that says as well which expressions had no value. */
function told(outcome: Outcome, faults: readonly FieldError[]): Outcome {
  if (faults.length === 0) return outcome;
  const parts = faults.map(({ field, message }) => {
    return field.startsWith('keep.') ? `${field} is left out: ${message}` : `${field} has no value: ${message}`;
  });
  return { ...outcome, message: [...(outcome.message === undefined ? [] : [outcome.message]), ...parts].join('; ') };
}
