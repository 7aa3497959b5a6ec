/** The conditions of a statement and the values of its parameters, gathered side by side. */
export class Conditions {
  readonly #conditions: string[] = [];
  readonly values: unknown[];

  /** @param values Of the statement so far, where another part of it has conditions as well. */
  constructor(values: unknown[] = []) {
    this.values = values;
  }

  /**
   * Adds a condition, unless its value is undefined.
   *
   * @param condition Makes the SQL from the name of the parameter, `$1`.
   */
  add(value: unknown, condition: (parameter: string) => string): this {
    return value === undefined ? this : this.require(condition(this.parameter(value)));
  }

  /** Adds a condition that has no value. */
  require(condition: string): this {
    this.#conditions.push(condition);
    return this;
  }

  /** Adds a value and gives the name of its parameter. */
  parameter(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }

  /** `where …`, or nothing where nothing is asked. */
  get where(): string {
    return this.#conditions.length > 0 ? `where ${this.all}` : '';
  }

  /** The conditions alone; at least one must have been asked. */
  get all(): string {
    return this.#conditions.join(' and ');
  }
}
