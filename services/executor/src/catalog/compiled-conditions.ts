import { compiled, type Condition } from '#conditions';

/** Conditions by their text: a change of one handler loads them all, and need not compile those of all others. */
export class CompiledConditions {
  #current = new Map<string, Pick<Condition, 'of'>>();
  #before: ReadonlyMap<string, Pick<Condition, 'of'>> = new Map();

  /** To be called before the handlers are loaded; what was not asked for since the last time is forgotten. */
  turn(): void {
    this.#before = this.#current;
    this.#current = new Map();
  }

  of(source: string): Pick<Condition, 'of'> {
    const condition = this.#current.get(source) ?? this.#before.get(source) ?? compiled(source);
    this.#current.set(source, condition);
    return condition;
  }
}
