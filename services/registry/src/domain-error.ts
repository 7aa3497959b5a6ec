import type { FieldError } from '#contracts';

/** What sort of trouble an error is; what carries it (HTTP here) has an answer for each. */
export type DomainErrorKind =
  | 'invalid_input'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'precondition_failed'
  | 'too_many'
  | 'unavailable';

/** What the registry refuses to do, or cannot do; the code is stable, the message is for people. */
export class DomainError extends Error {
  override readonly name: string = 'DomainError';
  readonly kind: DomainErrorKind;
  readonly code: string;

  constructor(kind: DomainErrorKind, code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
    this.code = code;
  }
}

/** An input that does not fit, with every field that is wrong. */
export class InvalidInput extends DomainError {
  override readonly name = 'InvalidInput';
  readonly errors: readonly FieldError[];

  constructor(errors: readonly FieldError[]) {
    super('invalid_input', 'invalid_input', summary(errors));
    this.errors = errors;
  }
}

function summary(errors: readonly FieldError[]): string {
  const [first, ...others] = errors.map(({ field, message }) => `${field} ${message}`.trim());
  if (first === undefined) return 'the input does not fit';
  return others.length === 0 ? first : `${first}; and ${others.length} more, see errors`;
}
