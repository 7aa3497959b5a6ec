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

/** What this program itself cannot or will not do; with how it ends, and every field that is wrong. */
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

/** Arguments or files that do not fit. */
export class UsageError extends CliError {
  override readonly name = 'UsageError';

  constructor(message: string, faults: readonly PlacedFault[] = [], cause?: unknown) {
    super('usage', message, { exitCode: 2, faults, cause });
  }
}

/** Something that was asked for by name is not there. */
export class NotThere extends CliError {
  override readonly name = 'NotThere';

  constructor(message: string) {
    super('not_there', message, { exitCode: 5 });
  }
}

/** It was done, and the answer is no; what there is to say has been said. */
export class NegativeAnswer extends CliError {
  override readonly name = 'NegativeAnswer';

  constructor(message = '') {
    super('negative', message, { exitCode: 1 });
  }
}
