import type { FieldError } from './field-error.ts';

/** Why a message is kept as rejected; the codes are stable. */
export const rejectionReasons = [
  'too_large',
  'unsupported_content_type',
  'not_utf8',
  'not_json',
  'too_deep',
  'wrong_shape',
  'unknown_event_type',
  'bad_header',
  'wrong_partition',
  'internal_error',
] as const;
export type RejectionReason = (typeof rejectionReasons)[number];

/** A message that is no billing event; `reason` is stable, the message is for people. */
export class EventRejected extends Error {
  override readonly name = 'EventRejected';
  readonly reason: RejectionReason;
  readonly errors: readonly FieldError[];

  constructor(reason: RejectionReason, message: string, errors: readonly FieldError[] = []) {
    super(message);
    this.reason = reason;
    this.errors = errors;
  }
}

/** Says of every field that is wrong what it should be. */
export function wrongShape(errors: readonly FieldError[]): EventRejected {
  const message = errors.map(({ field, message }) => (field ? `${field} ${message}` : message)).join('; ');
  return new EventRejected('wrong_shape', message, errors);
}
