import { Environment, ParseError, type ASTNode } from '@marcbachmann/cel-js';
import { handlerFields } from '#contracts';
import { BudgetExceeded } from './budget.ts';
import { Compiler, type Compiled } from './compile.ts';
import { ConditionFault, withPlace } from './condition-fault.ts';
import { variablesOf, type ConditionEvent } from './event-variables.ts';
import { Scope } from './scope.ts';
import { Fault, nameOf } from './values.ts';

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

/** Far more than a person writes. */
const mostNodes = 250;

/** Reads the grammar, and nothing else: what a condition may call, and what that costs, is ours. */
const grammar = new Environment({
  limits: { maxAstNodes: mostNodes, maxDepth: 32, maxListElements: 100, maxMapEntries: 20, maxCallArguments: 4 },
});

/**
 * Says of events whether a handler is to run for them. In CEL, with `event`, `data`, `previous` and `changed(path)`.
 */
export class Condition {
  readonly #source: string;
  readonly #run: Compiled['run'];

  /** @throws {ConditionFault} When the text is no condition. */
  constructor(source: string) {
    this.#source = source;
    const { kind, run } = new Compiler(source).compile(parsed(source));
    if (kind !== 'bool' && kind !== 'dyn') {
      throw new ConditionFault(`it must be true or false, and is ${nameOf(kind)}`, source, undefined);
    }
    this.#run = run;
  }

  /** Asks it of an event, within the steps that an evaluation may take; never throws. */
  of(event: ConditionEvent): Verdict {
    try {
      const result = this.#run(new Scope(variablesOf(event)));
      if (typeof result === 'boolean') return { kind: result ? 'met' : 'unmet' };
      if (result instanceof Fault) {
        const { message, place, missing } = result;
        const verdict = failed(withPlace(message, this.#source, place));
        return missing === undefined ? verdict : { ...verdict, missing };
      }
      return failed('it came to something that is neither true nor false');
    } catch (error) {
      if (error instanceof BudgetExceeded) return failed(withPlace(error.message, this.#source, error.place));
      return failed((error as Error).message);
    }
  }
}

/**
 * Compiles a condition that was checked when it was saved. If it is invalid nevertheless, it fails for every event, so
 * that operators notice.
 */
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

function parsed(source: string): ASTNode {
  // In units, of which a character may have two.
  if (source.length > 2 * handlerFields.condition.length.max) {
    throw new ConditionFault(
      `it must be at most ${handlerFields.condition.length.max} characters long`,
      source,
      undefined,
    );
  }
  try {
    return grammar.parse(source).ast;
  } catch (error) {
    // What the library says beside it is a picture of the place.
    if (error instanceof ParseError) throw new ConditionFault(error.summary, source, error.range?.start);
    throw error;
  }
}

function failed(message: string): Verdict & { kind: 'failed' } {
  return { kind: 'failed', message };
}
