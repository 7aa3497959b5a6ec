import { Budget, copying, itemsAStep, visiting } from './budget.ts';
import { Fault, type Kind, type Value } from './values.ts';

type Read = () => Value;

/** What an expression can name. Each is read when it is first asked for, since many expressions need only one. */
export interface Variables {
  readonly event: Read;
  readonly data: Read;
  readonly previous: Read;
  /** Values that were kept of answers to earlier handlers of the event, by the name of the handler. */
  readonly results?: Read;
  /** The answer to an attempt. */
  readonly response?: Read;
  /** Number of the attempt, from 1. */
  readonly attempt?: Read;
  /** Whether an earlier attempt of the execution may have arrived. */
  readonly maybe?: Read;
}

export type VariableName = keyof Variables;

/** The kinds of values that variables have. */
export const variableKinds: Readonly<Record<VariableName, Kind | 'dyn'>> = {
  event: 'map',
  data: 'map',
  previous: 'map',
  results: 'map',
  response: 'map',
  attempt: 'int',
  maybe: 'bool',
};

/** One evaluation: what it names, what its loops are at, and what it may still cost. */
export class Scope {
  readonly variables: Variables;
  readonly budget: Budget;
  /** The values of loop variables, each in the place that it has in the expression. */
  readonly locals: Value[] = [];

  /** @param budget What it may cost, together with whatever else spends of the same budget. */
  constructor(variables: Variables, budget = new Budget()) {
    this.variables = variables;
    this.budget = budget;
  }
}

/** What the parts of an expression are compiled to. */
export type Run = (scope: Scope) => Value | Fault;

/** Takes what an operation on values costs; it stands for one operator or function at one place. */
export interface Meter {
  /** Steps for what is not a text. */
  steps(number: number): void;
  /** Units of a text that are compared or copied natively. */
  copy(units: number): void;
  /** Units of a text that are looked at one by one. */
  visit(units: number): void;
  /** Items of a list that are put into another. */
  items(number: number): void;
}

export class OperationMeter implements Meter {
  readonly #budget: Budget;
  readonly #name: string;
  readonly #place: number;
  readonly #operands: readonly Value[];

  constructor(budget: Budget, name: string, place: number, operands: readonly Value[]) {
    this.#budget = budget;
    this.#name = name;
    this.#place = place;
    this.#operands = operands;
  }

  steps(number: number): void {
    this.#budget.spend(number, this.#name, this.#place, this.#operands);
  }

  copy(units: number): void {
    this.steps(copying(units));
  }

  visit(units: number): void {
    this.steps(visiting(units));
  }

  items(number: number): void {
    this.steps(number / itemsAStep);
  }
}
