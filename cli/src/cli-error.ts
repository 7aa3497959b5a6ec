import type { FieldError } from '#contracts';

/** A place in a file, from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface PlacedFault extends FieldError {
  readonly place?: Place | undefined;
}

/** An error that this program reports itself, with its exit code and every invalid field. */
export class CliError extends Error {
  override readonly name: string = 'CliError';
  readonly code: string;
  readonly exitCode: number;
  readonly faults: readonly PlacedFault[];

  constructor(
    code: string,
    message: string,
    { exitCode, faults = [], cause }: { exitCode: number; faults?: readonly PlacedFault[]; cause?: unknown },
  ) {
    super(message, { cause });
    this.code = code;
    this.exitCode = exitCode;
    this.faults = faults;
  }
}

/** Invalid arguments or files. */
export class UsageError extends CliError {
  override readonly name = 'UsageError';

  constructor(message: string, faults: readonly PlacedFault[] = [], cause?: unknown) {
    super('usage', message, { exitCode: 2, faults, cause });
  }
}

/** The named thing does not exist. */
export class NotThere extends CliError {
  override readonly name = 'NotThere';

  constructor(message: string) {
    super('not_found', message, { exitCode: 5 });
  }
}

/** The command ran, and the answer is no. Without a message the output has said everything. */
export class NegativeAnswer extends CliError {
  override readonly name = 'NegativeAnswer';

  constructor(message = '') {
    super('negative', message, { exitCode: 1 });
  }
}
