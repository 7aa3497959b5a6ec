import { sizeOf, type Value } from './values.ts';

/**
 * The number of steps of one evaluation, with all its loops and functions. A step takes about 30 ns on a machine of
 * 2024. So even the most expensive evaluation stays far below 50 ms on a slow machine, and does not block other keys.
 * Typical conditions take fewer than 50 steps.
 */
export const mostSteps = 200_000;

/** What native code compares or copies in a step, in UTF-16 units. */
const unitsAStep = 64;
/** What our own loops look at in a step. */
const visitedAStep = 8;

/** Items of a list are copied so fast, and leave room to be collected. */
export const itemsAStep = 2;

/** Steps to compare or copy so much text natively. */
export function copying(units: number): number {
  return units / unitsAStep;
}

/** Steps to look at so much text unit by unit. */
export function visiting(units: number): number {
  return units / visitedAStep;
}

/** Thrown, and caught by nothing within a condition: no `||` may make a verdict of what was not looked at. */
export class BudgetExceeded extends Error {
  override readonly name = 'BudgetExceeded';
  readonly place: number;

  constructor(name: string, operands: readonly Value[], place: number) {
    const sizes = operands.map(sizeOf).join(' and ');
    const what = sizes === '' ? name : `${name} on ${sizes}`;
    super(`it costs too much for this event: ${what} would exceed ${mostSteps} steps`);
    this.place = place;
  }
}

/** What is left of the steps of one evaluation. */
export class Budget {
  #left = mostSteps;

  /**
   * Takes steps before the work is done that they stand for.
   *
   * @param name The function or operator, for the message.
   * @throws {BudgetExceeded}
   */
  spend(steps: number, name: string, place: number, operands: readonly Value[]): void {
    if ((this.#left -= steps) < 0) throw new BudgetExceeded(name, operands, place);
  }

  get spent(): number {
    return mostSteps - this.#left;
  }
}
