import type { BillingEvent } from '#contracts';
import type { Redaction } from '#redaction';
import { conceal } from './concealment.ts';
import type { AttemptResult } from './outcome.ts';

/**
 * What targets and scripts repeat of what they were given, and neither journal nor log is to have: secrets of the handler, and
 * values of redacted fields of the event, which may come back without their names.
 */
export class Echoes {
  readonly #redaction: Redaction;
  /** An event has several handlers, and each some attempts. */
  readonly #ofEvents = new WeakMap<BillingEvent, readonly string[]>();

  constructor(redaction: Redaction) {
    this.#redaction = redaction;
  }

  /** What came of a call, without them. */
  concealed(result: AttemptResult, event: BillingEvent, hidden: readonly string[] = []): AttemptResult {
    if (!says(result)) return result;
    const { outcome, response } = conceal(result, [...hidden, ...this.#textsOf(event)]);
    if (outcome.kind === 'success') return { outcome, response };
    // It may quote a line that was cut, and what is left of a value is no longer found by itself.
    return { outcome: { ...outcome, message: this.#redaction.text(outcome.message) }, response };
  }

  #textsOf(event: BillingEvent): readonly string[] {
    const known = this.#ofEvents.get(event) ?? this.#redaction.hiddenTexts(event.body);
    this.#ofEvents.set(event, known);
    return known;
  }
}

/** Most scripts say nothing when all went well, and then there is nothing to look for. */
function says({ outcome, response: { http, script } }: AttemptResult): boolean {
  return outcome.kind !== 'success' || http !== undefined || Boolean(script?.stdout) || Boolean(script?.stderr);
}
