import {
  booleanExpression,
  Budget,
  ConditionFault,
  eventReadable,
  eventVariables,
  Expression,
  Fault,
  withPlace,
  type ConditionEvent,
  type Kept,
  type VariableName,
  type Variables,
} from '#conditions';
import { answerLimits, type Answer, type FieldError, type HandlerFields, type TaskType } from '#contracts';
import type { OutcomeRule } from '#contracts';
import { answerValue } from './answer-value.ts';

/** What rules and kept values can name. */
export const answerReadable = [
  ...eventReadable,
  'response',
  'attempt',
  'maybe',
] as const satisfies readonly VariableName[];

/** How a handler's answers are judged, and what is kept of them. */
export type AnswerFields = Pick<HandlerFields, 'outcomes' | 'keep'>;

/** An answer, and what it is an answer to. */
export interface Answered {
  readonly type: TaskType;
  readonly answer: Answer;
  readonly event: ConditionEvent;
  /** What was kept of answers to earlier handlers of the event. */
  readonly results: readonly Kept[];
  /** Number of the attempt, from 1. */
  readonly attempt: number;
  /** Whether an earlier attempt of the execution may have arrived. */
  readonly maybe: boolean;
}

/** What the rules say of an answer. */
export interface RuledAnswer {
  /** The rule that decides; undefined when none does. */
  readonly rule: (OutcomeRule & { readonly index: number }) | undefined;
  /** What is kept of the answer if the attempt is a success: a JSON object, or undefined when nothing is. */
  kept(): string | undefined;
  /** Expressions that could not be evaluated, or whose values are not kept, by the fields of the handler. */
  readonly faults: readonly FieldError[];
}

interface CompiledRule extends OutcomeRule {
  readonly expression: Expression | Fault;
}

interface CompiledKeep {
  readonly name: string;
  readonly source: string;
  readonly expression: Expression | Fault;
}

/** The rules of a handler for the answers that it gets. */
export class AnswerRules {
  readonly #rules: readonly CompiledRule[];
  readonly #keep: readonly CompiledKeep[];

  /** @param fields Checked when they were saved. What is invalid nevertheless fails for every answer. */
  constructor({ outcomes, keep }: AnswerFields) {
    this.#rules = outcomes.map((rule) => ({
      ...rule,
      expression: compiledOr(() => booleanExpression(rule.when, answerReadable)),
    }));
    this.#keep = Object.entries(keep).map(([name, source]) => ({
      name,
      source,
      expression: compiledOr(() => new Expression(source, answerReadable)),
    }));
  }

  /** What is kept, as expressions by their names. */
  get sources(): readonly (readonly [name: string, source: string])[] {
    return this.#keep.map(({ name, source }) => [name, source]);
  }

  /** Whether there is nothing to judge by, and nothing to keep. */
  get isEmpty(): boolean {
    return this.#rules.length === 0 && this.#keep.length === 0;
  }

  /** Judges an answer, within the steps of one budget; never throws. */
  of(answered: Answered): RuledAnswer {
    const variables = variablesOf(answered);
    const budget = new Budget();
    const faults: FieldError[] = [];
    const rule = this.#first(variables, budget, faults);
    return { rule, faults, kept: () => this.#kept(variables, budget, faults) };
  }

  #first(variables: Variables, budget: Budget, faults: FieldError[]): RuledAnswer['rule'] {
    for (const [index, { expression, ...rule }] of this.#rules.entries()) {
      const holds = expression instanceof Fault ? expression : expression.truth(variables, budget);
      if (holds === true) return { index, ...rule };
      if (holds instanceof Fault) faults.push(faultOf(`outcomes.${index}.when`, holds, rule.when));
    }
    return undefined;
  }

  #kept(variables: Variables, budget: Budget, faults: FieldError[]): string | undefined {
    const members = this.#keep.flatMap(({ name, source, expression }) => {
      const json = expression instanceof Fault ? expression : expression.json(variables, budget);
      const fault = json instanceof Fault ? json : tooLong(json);
      if (!fault) return [`${JSON.stringify(name)}:${json as string}`];
      faults.push(faultOf(`keep.${name}`, fault, source));
      return [];
    });
    return members.length === 0 ? undefined : `{${members.join(',')}}`;
  }
}

function variablesOf({ type, answer, event, results, attempt, maybe }: Answered): Variables {
  let response: ReturnType<typeof answerValue> | undefined;
  return {
    ...eventVariables(event, results),
    response: () => (response ??= answerValue(type, answer)),
    attempt: () => BigInt(attempt),
    maybe: () => maybe,
  };
}

function tooLong(json: string): Fault | undefined {
  const { keptBytes } = answerLimits;
  const bytes = Buffer.byteLength(json);
  return bytes > keptBytes ? new Fault(`it has ${bytes} bytes, and ${keptBytes} are kept`) : undefined;
}

function faultOf(field: string, { message, place }: Fault, source: string): FieldError {
  return { field, message: withPlace(message, source, place) };
}

function compiledOr(compile: () => Expression): Expression | Fault {
  try {
    return compile();
  } catch (error) {
    if (error instanceof ConditionFault) return new Fault(error.message);
    throw error;
  }
}

/** What is wrong with a text as a rule of answers; undefined when it is one. */
export function ruleFault(when: string): string | undefined {
  return faultIn(() => booleanExpression(when, answerReadable));
}

/** What is wrong with a text as what is kept of an answer; undefined when it is one. */
export function keepFault(source: string): string | undefined {
  return faultIn(() => new Expression(source, answerReadable));
}

function faultIn(compile: () => Expression): string | undefined {
  const compiled = compiledOr(compile);
  return compiled instanceof Fault ? compiled.message : undefined;
}
