import type { FieldError } from '#contracts';
import { Integer } from './formats.ts';
import type { Problem } from './problem.ts';

export class FieldErrorView implements FieldError {
  /**
   * Path of the field, `task.url`; empty for the body as a whole
   *
   * @example priority
   */
  field!: string;

  /** @example "must be a whole number from 1 to 1000000" */
  message!: string;
}

export class ProblemView implements Problem {
  /**
   * Stable; `about:blank` where the status says all
   *
   * @example urn:provisor:problem:invalid-input
   */
  type!: string;

  /** @example "Bad Request" */
  title!: string;

  /** @example 400 */
  @Integer()
  status!: number;

  /** In plain text */
  detail?: string;

  errors?: FieldErrorView[];
}
