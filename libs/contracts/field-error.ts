/** What is wrong with one field of an input, and what it should be. */
export interface FieldError {
  /** Where it stands, as a path: `event.object_id`, `task.args.0`. */
  readonly field: string;
  readonly message: string;
}
