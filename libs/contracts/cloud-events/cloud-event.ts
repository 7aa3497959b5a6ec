import type { FieldError } from '../field-error.ts';
import type { Attributes } from './attributes.ts';

/** A CloudEvent as it was read, in whichever mode it came. */
export interface CloudEvent {
  readonly attributes: Attributes;
  /** A JSON text; undefined when there is none. */
  readonly data: string | undefined;
  /** What was wrong beside the attributes. */
  readonly faults: readonly FieldError[];
}
