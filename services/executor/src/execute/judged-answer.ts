import type { Kept } from '#conditions';
import { answerIn, type FieldError, type OutcomeRule } from '#contracts';
import type { Answered, RuledAnswer } from '#outcomes';
import { jsonWithoutTexts } from '#redaction';
import { isCounted, type AttemptResult, type Outcome } from '../call/outcome.ts';
import type { CatalogHandler } from './handler-catalog.ts';

/** What is known of an attempt beside its answer. */
export type AttemptFacts = Pick<Answered, 'event' | 'results' | 'attempt' | 'maybe'>;

/** The result of a call as the handler's rules see it. */
export interface JudgedResult extends AttemptResult {
  /** What later handlers of the event can read of the answer. */
  readonly kept?: Kept | undefined;
}

/** Judges a call that got an answer by the handler's rules, and keeps what the handler says of it. */
export function judgedAnswer(
  made: AttemptResult,
  { rules, name, hidden = [] }: Pick<CatalogHandler, 'rules' | 'name' | 'hidden'>,
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
