import { ConditionFault, eventReadable, Expression, Fault, placeText } from '#conditions';
import type { Budget, VariableName, Variables } from '#conditions';
import type { Part, Place, Write } from './places/place.ts';
import { expressionStart, placeholdersOf, type Placeholder } from './scan.ts';
import { TemplateFault } from './template-fault.ts';

interface Hole {
  readonly expression: Expression;
  readonly write: Write;
  readonly start: number;
}

/**
 * A text with placeholders `{{ … }}`, each an expression in CEL over the event and what was kept of earlier answers.
 * What it gives is written as its place wants it, and is never looked through for placeholders.
 */
export class Template {
  /** The variables that its expressions name. */
  readonly reads: ReadonlySet<VariableName>;
  readonly #source: string;
  readonly #place: Place;
  /** What the author wrote around the placeholders: one text more than there are of those. */
  readonly #literals: readonly string[];
  readonly #holes: readonly Hole[];

  /** @throws {TemplateFault} When the text is no template, or cannot stand in this place. */
  constructor(source: string, place: Place) {
    const placeholders = placeholdersOf(source);
    const expressions = placeholders.map((placeholder) => expressionOf(source, placeholder));
    const writers = place.writers(source, placeholders);
    this.#source = source;
    this.#place = place;
    this.#literals = literalsOf(source, placeholders);
    this.#holes = placeholders.map(({ start }, index) => ({
      expression: expressions[index]!,
      write: writers[index]!,
      start,
    }));
    this.reads = new Set(expressions.flatMap(({ reads }) => [...reads]));
  }

  /** The text for an event; a fault when an expression has no value, or one that cannot stand in its place. */
  render(variables: Variables, budget: Budget): string | Fault {
    const parts: Part[] = [{ text: this.#literals[0]! }];
    let units = this.#literals[0]!.length;
    for (const [index, { expression, write, start }] of this.#holes.entries()) {
      const text = write(expression, variables, budget);
      if (text instanceof Fault) return this.#fault(text, expressionStart({ start }) + (text.place ?? 0));
      const literal = this.#literals[index + 1]!;
      units += text.length + literal.length;
      if (units > this.#place.mostBytes) return this.#fault(new Fault(this.#tooLong), start);
      parts.push({ text, placeholder: index }, { text: literal });
    }
    const fault = this.#place.fault?.(parts);
    if (fault) return this.#fault(new Fault(fault.message), this.#holes[fault.placeholder]!.start);
    const rendered = parts.map(({ text }) => text).join('');
    return Buffer.byteLength(rendered) > this.#place.mostBytes ? new Fault(this.#tooLong) : rendered;
  }

  get #tooLong(): string {
    return `it would be longer than ${this.#place.mostBytes} bytes`;
  }

  #fault({ message, missing }: Fault, place: number): Fault {
    return new Fault(`${placeText(this.#source, place)}: ${message}`, undefined, missing);
  }
}

/** What is wrong with a text as a template; undefined when it is one. */
export function templateFault(source: string, place: Place): string | undefined {
  try {
    new Template(source, place);
    return undefined;
  } catch (error) {
    if (error instanceof TemplateFault) return error.message;
    throw error;
  }
}

function expressionOf(source: string, placeholder: Placeholder): Expression {
  const start = expressionStart(placeholder);
  if (placeholder.source.trim() === '') {
    throw new TemplateFault('an expression must stand here, like {{ data.id }}', source, placeholder.start);
  }
  try {
    return new Expression(placeholder.source, eventReadable);
  } catch (error) {
    if (error instanceof ConditionFault) throw new TemplateFault(error.what, source, start + (error.place ?? 0));
    throw error;
  }
}

function literalsOf(source: string, placeholders: readonly Placeholder[]): string[] {
  const ends = [0, ...placeholders.map(({ end }) => end)];
  return ends.map((end, index) => source.slice(end, placeholders[index]?.start));
}
