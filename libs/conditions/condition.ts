import { ConditionFault, withPlace } from './condition-fault.ts';
import { eventVariables, type ConditionEvent, type Kept } from './event-variables.ts';
import { booleanExpression, type Expression } from './expression.ts';
import type { VariableName } from './scope.ts';

/** Whether a condition holds. */
export type Verdict =
  | { readonly kind: 'met' }
  | { readonly kind: 'unmet' }
  | {
      /** It could not be found out. */
      readonly kind: 'failed';
      /** Why, and where in the condition. */
      readonly message: string;
      /**
       * The field that the event does not have, as the condition names it, `data.status`; absent when it failed for
       * another reason.
       */
      readonly missing?: string;
    };

/** What conditions can name, and what everything else that is asked of an event can name as well. */
export const eventReadable = ['event', 'data', 'previous', 'results'] as const satisfies readonly VariableName[];

/**
 * Says of events whether a handler is to run for them. In CEL, with `event`, `data`, `previous`, `results` and
 * `changed(path)`.
 */
export class Condition {
  readonly #expression: Expression;

  /** @throws {ConditionFault} When the text is no condition. */
  constructor(source: string) {
    this.#expression = booleanExpression(source, eventReadable);
  }

  /** The variables that it names. */
  get reads(): ReadonlySet<VariableName> {
    return this.#expression.reads;
  }

  /**
   * Asks it of an event, within the steps that an evaluation may take; never throws.
   *
   * @param kept What was kept of answers to earlier handlers of the event.
   */
  of(event: ConditionEvent, kept: readonly Kept[] = []): Verdict {
    const result = this.#expression.truth(eventVariables(event, kept));
    if (typeof result === 'boolean') return { kind: result ? 'met' : 'unmet' };
    const { message, place, missing } = result;
    const verdict = failed(withPlace(message, this.#expression.source, place));
    return missing === undefined ? verdict : { ...verdict, missing };
  }
}

/**
 * Compiles a condition that was checked when it was saved. If it is invalid nevertheless, it fails for every event, so
 * that operators notice.
 */
export function compiled(source: string): Pick<Condition, 'of' | 'reads'> {
  try {
    return new Condition(source);
  } catch (error) {
    if (!(error instanceof ConditionFault)) throw error;
    const verdict = failed(error.message);
    return { of: () => verdict, reads: new Set() };
  }
}

/**
 * What is wrong with a text as a condition, and where; undefined when it is one.
 */
export function conditionFault(source: string): string | undefined {
  try {
    new Condition(source);
    return undefined;
  } catch (error) {
    if (error instanceof ConditionFault) return error.message;
    throw error;
  }
}

function failed(message: string): Verdict & { kind: 'failed' } {
  return { kind: 'failed', message };
}
