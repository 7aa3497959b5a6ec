/**
 * A failure that a developer can do something about. Its message is the whole story: programs print it without a stack.
 */
export abstract class ToolError extends Error {
  abstract readonly code: string;

  override get name(): string {
    return this.constructor.name;
  }
}

/**
 * What to print for a failure: the message alone when it was written for the reader, else everything there is.
 */
export function describeError(error: unknown): string {
  if (error instanceof ToolError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
