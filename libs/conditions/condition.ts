import { EvaluationError, ParseError, type ParseResult } from '@marcbachmann/cel-js';
import type { BillingEvent } from '#contracts';
import { shapeOf, type Shape } from './allowed.ts';
import { ConditionFault } from './condition-fault.ts';
import { extentOf, mostSteps, stepsAtMost } from './cost.ts';
import { asking, environment } from './environment.ts';

/** What of an event conditions are asked of. */
export type ConditionEvent = Pick<BillingEvent, 'id' | 'type' | 'occurredAt' | 'objectId' | 'data' | 'previous'>;

/** Whether a condition holds; `failed`: it could not be found out, and the message says why. */
export type Verdict =
  { readonly kind: 'met' } | { readonly kind: 'unmet' } | { readonly kind: 'failed'; readonly message: string };

/** Says of events whether a handler is to run for them. In CEL, with `event`, `data`, `previous` and `changed(path)`. */
export class Condition {
  readonly #source: string;
  readonly #evaluate: ParseResult;
  readonly #shape: Shape;

  /** @throws {ConditionFault} When the text is no condition. */
  constructor(source: string) {
    this.#source = source;
    this.#evaluate = parsed(source);
    this.#shape = shapeOf(source, this.#evaluate.ast);
    const { valid, type, error } = this.#evaluate.check();
    if (!valid) throw ConditionFault.of(error!, source);
    if (type !== 'bool' && type !== 'dyn') {
      throw new ConditionFault(`it must be true or false, and is of type ${type!}`, source, undefined);
    }
  }

  /** Asks it of an event; never throws. */
  of(event: ConditionEvent): Verdict {
    const { data, previous } = event;
    // Without a loop nothing in the event makes it slow.
    if (this.#shape.loops > 0) {
      const steps = stepsAtMost(this.#shape, extentOf([data, previous]));
      if (steps > mostSteps) {
        return failed(
          `the event's lists and texts are too long for it: up to ${steps} steps, where ${mostSteps} are allowed`,
        );
      }
    }
    try {
      const variables = { event: headOf(event), data, previous: previous ?? {} };
      const result = asking(event, () => this.#evaluate(variables) as unknown);
      if (typeof result === 'boolean') return { kind: result ? 'met' : 'unmet' };
      return failed('it came to something that is neither true nor false');
    } catch (error) {
      if (error instanceof EvaluationError) return failed(ConditionFault.of(error, this.#source).message);
      return failed((error as Error).message);
    }
  }
}

/** Compiles what was checked when it was saved. A text that is no condition all the same fails for every event, so that it is seen. */
export function compiled(source: string): Pick<Condition, 'of'> {
  try {
    return new Condition(source);
  } catch (error) {
    if (!(error instanceof ConditionFault)) throw error;
    const verdict = failed(error.message);
    return { of: () => verdict };
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

function parsed(source: string): ParseResult {
  try {
    return environment.parse(source);
  } catch (error) {
    if (error instanceof ParseError) throw ConditionFault.of(error, source);
    throw error;
  }
}

/** As in the body that handlers get, as far as Provisor knows the fields. */
function headOf({ id, type, occurredAt, objectId }: ConditionEvent): Record<string, unknown> {
  return { id, dt: new Date(occurredAt).toISOString(), events_id: type, object_id: objectId };
}

function failed(message: string): Verdict {
  return { kind: 'failed', message };
}
