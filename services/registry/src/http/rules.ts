import type { ApiPropertyOptions } from '@nestjs/swagger';

/** What a value must be: for the check of an input, and for the documentation, so that the two cannot differ. */
export interface Rule {
  /** What is wrong with a value, to be read after the name of its field ("must be …"); undefined when it fits. */
  readonly fault: (value: unknown) => string | undefined;
  /** The same as JSON Schema, as far as that can say it. */
  readonly schema: ApiPropertyOptions;
}

export interface Range {
  readonly min: number;
  readonly max: number;
}

export function wholeNumber({ min, max }: Range): Rule {
  return {
    fault: (value) =>
      typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
        ? undefined
        : `must be a whole number from ${min} to ${max}`,
    schema: { type: 'integer', minimum: min, maximum: max },
  };
}

export function oneOf(choices: readonly string[]): Rule {
  return {
    fault: (value) => (choices.includes(value as string) ? undefined : `must be one of ${choices.join(', ')}`),
    schema: { type: 'string', enum: [...choices] },
  };
}

/** Which control characters a text may have. */
const forbidden = {
  line: /\p{Cc}/u,
  lines: /[^\P{Cc}\n\t]/u,
  /** Arguments of a process may hold anything but the character that ends them. */
  argument: /\0/,
} as const;

export interface TextBounds {
  readonly min?: number;
  /** In characters (code points). */
  readonly max: number;
  readonly kind?: keyof typeof forbidden;
}

export function text({ min = 0, max, kind = 'line' }: TextBounds): Rule {
  return {
    fault: (value) => {
      if (typeof value !== 'string') return 'must be a string';
      // PostgreSQL's jsonb and UTF-8 itself have no place for half a character.
      if (!value.isWellFormed()) return 'must be well-formed Unicode';
      if (forbidden[kind].test(value)) return 'must not contain control characters';
      if (value.length < min) return min === 1 ? 'must not be empty' : `must be at least ${min} characters long`;
      if (Array.from(value).length > max) return `must be at most ${max} characters long`;
      return undefined;
    },
    schema: { type: 'string', minLength: min, maxLength: max },
  };
}

/** A list whose items all fit one rule; the fault names the first item that does not, counted from 0. */
export function listOf(item: Rule, { min = 0, max }: { min?: number; max: number }): Rule {
  return {
    fault: (value) => {
      if (!Array.isArray(value)) return 'must be a list';
      if (value.length < min || value.length > max) return `must have ${min} to ${max} items`;
      const faults = value.map((each) => item.fault(each));
      const index = faults.findIndex((fault) => fault !== undefined);
      return index < 0 ? undefined : `item ${index} ${faults[index]!}`;
    },
    schema: { type: 'array', items: item.schema, minItems: min, maxItems: max } as ApiPropertyOptions,
  };
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const uuid: Rule = {
  fault: (value) => (typeof value === 'string' && uuidPattern.test(value) ? undefined : 'must be a UUID'),
  schema: { type: 'string', format: 'uuid' },
};
