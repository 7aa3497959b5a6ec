import { Fault, type Budget, type Expression, type Variables } from '#conditions';
import type { Placeholder } from '../scan.ts';

/** Writes what an expression gives as its place wants it. */
export type Write = (expression: Expression, variables: Variables, budget: Budget) => string | Fault;

/** A part of a rendered text: what the author wrote, or what a placeholder gave. */
export interface Part {
  readonly text: string;
  /** Number of the placeholder, from 0; undefined for what the author wrote. */
  readonly placeholder?: number;
}

/** Where in a request a text stands. */
export interface Place {
  /** Bytes that the rendered text may have. */
  readonly mostBytes: number;
  /**
   * How each placeholder is written.
   *
   * @throws {TemplateFault} When the text cannot stand here, or a placeholder cannot stand where it is.
   */
  writers(text: string, placeholders: readonly Placeholder[]): readonly Write[];
  /** What is wrong with a rendered text, whatever was escaped in it, and by which placeholder; undefined: nothing. */
  fault?(parts: readonly Part[]): { readonly placeholder: number; readonly message: string } | undefined;
}

/** Writes text, encoded for its place. */
export function asText(encode: (text: string) => string | Fault): Write {
  return (expression, variables, budget) => {
    const text = expression.text(variables, budget);
    if (text instanceof Fault) return text;
    return text.isWellFormed() ? encode(text) : new Fault('it has half a character, which UTF-8 cannot carry');
  };
}

/** The same for all placeholders. */
export function all(write: Write): Place['writers'] {
  return (_text, placeholders) => placeholders.map(() => write);
}
