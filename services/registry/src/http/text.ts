import type { ValidationOptions } from 'class-validator';
import { customRule, type Fault } from './custom-rule.ts';

/**
 * Bounds the length of a text in characters (code points), as JSON Schema counts. Length of class-validator leaves
 * variation selectors out of its count.
 */
export function Length(min: number, max: number, options?: ValidationOptions): PropertyDecorator {
  return customRule({ name: 'length', fault: ofText((text) => lengthFault(text, min, max)) }, options);
}

/** The same without a least length. */
export function MaxLength(max: number, options?: ValidationOptions): PropertyDecorator {
  return Length(0, max, options);
}

/** A text of one line: no control characters. */
export function IsOneLine(options?: ValidationOptions): PropertyDecorator {
  const fault = ofText((text) => characterFault(text, /\p{Cc}/u));
  return customRule({ name: 'oneLine', fault }, options);
}

/** A text of several lines: no control characters but tabs and line feeds. */
export function IsPlainText(options?: ValidationOptions): PropertyDecorator {
  return customRule({ name: 'plainText', fault: ofText(plainTextFault) }, options);
}

/** An argument of a process, which ends at a NUL. */
export function IsArgument(options?: ValidationOptions): PropertyDecorator {
  return customRule({ name: 'argument', fault: ofText((text) => characterFault(text, /\0/)) }, options);
}

export function lengthFault(text: string, min: number, max: number): string | undefined {
  if (text.length < min) return min === 1 ? 'must not be empty' : `must be at least ${min} characters long`;
  return Array.from(text).length > max ? `must be at most ${max} characters long` : undefined;
}

export function plainTextFault(text: string): string | undefined {
  return characterFault(text, /[^\P{Cc}\n\t]/u);
}

function characterFault(text: string, forbidden: RegExp): string | undefined {
  // PostgreSQL's jsonb and UTF-8 itself have no place for half a character.
  if (!text.isWellFormed()) return 'must be well-formed Unicode';
  return forbidden.test(text) ? 'must not contain control characters' : undefined;
}

function ofText(fault: (text: string) => string | undefined): Fault {
  return (value) => (typeof value === 'string' ? fault(value) : 'must be a string');
}
