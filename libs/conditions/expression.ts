import { Environment, ParseError, type ASTNode } from '@marcbachmann/cel-js';
import { handlerFields } from '#contracts';
import { Budget, BudgetExceeded } from './budget.ts';
import { Compiler, type Compiled } from './compile.ts';
import { ConditionFault } from './condition-fault.ts';
import { jsonIn, textIn } from './output.ts';
import { OperationMeter, Scope, type VariableName, type Variables } from './scope.ts';
import { Fault, nameOf, type Kind, type Value } from './values.ts';

/** Far more than a person writes. */
const mostNodes = 250;

/** Reads the grammar, and nothing else: what an expression may call, and what that costs, is ours. */
const grammar = new Environment({
  limits: { maxAstNodes: mostNodes, maxDepth: 32, maxListElements: 100, maxMapEntries: 20, maxCallArguments: 4 },
});

/**
 * An expression in CEL, evaluated within the steps of a budget. Several expressions of one call share a budget, so that
 * their number does not matter to those who wait. Nothing here throws but the constructor.
 */
export class Expression {
  readonly source: string;
  /** What kind of value it gives, as far as that is known without an event. */
  readonly kind: Kind | 'dyn';
  /** The variables that it names. */
  readonly reads: ReadonlySet<VariableName>;
  readonly #run: Compiled['run'];

  /**
   * @param readable The variables that there are where it stands.
   * @throws {ConditionFault} When the text is no expression, or names a variable that is not there.
   */
  constructor(source: string, readable: readonly VariableName[]) {
    this.source = source;
    const compiler = new Compiler(source, readable);
    const { kind, run } = compiler.compile(parsed(source));
    this.kind = kind;
    this.#run = run;
    this.reads = compiler.reads;
  }

  /** Whether it is true; what is neither true nor false is a fault. */
  truth(variables: Variables, budget = new Budget()): boolean | Fault {
    const value = this.value(variables, budget);
    if (typeof value === 'boolean' || value instanceof Fault) return value;
    return new Fault('it came to something that is neither true nor false');
  }

  /** What it gives, as text: see {@link textIn}. */
  text(variables: Variables, budget = new Budget()): string | Fault {
    return this.#written(variables, budget, textIn);
  }

  /** What it gives, as JSON: see {@link jsonIn}. */
  json(variables: Variables, budget = new Budget()): string | Fault {
    return this.#written(variables, budget, jsonIn);
  }

  value(variables: Variables, budget = new Budget()): Value | Fault {
    return guarded(() => this.#run(new Scope(variables, budget)));
  }

  #written(variables: Variables, budget: Budget, write: typeof textIn): string | Fault {
    const value = this.value(variables, budget);
    if (value instanceof Fault) return value;
    return guarded(() => write(value, new OperationMeter(budget, 'to write it', 0, [value])));
  }
}

/**
 * An expression that is true or false.
 *
 * @throws {ConditionFault} When the text is none.
 */
export function booleanExpression(source: string, readable: readonly VariableName[]): Expression {
  const expression = new Expression(source, readable);
  const { kind } = expression;
  if (kind === 'bool' || kind === 'dyn') return expression;
  throw new ConditionFault(`it must be true or false, and is ${nameOf(kind)}`, source, undefined);
}

/** Evaluates, and makes a fault of whatever goes wrong. */
function guarded<T extends Value>(evaluate: () => T | Fault): T | Fault {
  try {
    return evaluate();
  } catch (error) {
    const place = error instanceof BudgetExceeded ? error.place : undefined;
    return new Fault((error as Error).message, place);
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
