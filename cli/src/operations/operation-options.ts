import { InvalidArgumentError, type Command } from 'commander';
import { positiveNumber } from '../input/option-values.ts';

/** How an operation is carried out, and whether the command waits for its end. */
export interface OperationOptions {
  canary?: number;
  perSecond?: number;
  note?: string;
  yes?: true;
  wait: boolean;
}

/** Adds the options of {@link OperationOptions}. */
export function withOperationOptions(command: Command): Command {
  return withWaiting(
    command
      .option('--canary <number>', 'This number goes first; the rest only if all succeed', positiveNumber)
      .option('--per-second <number>', 'How many begin in a second at most', pace)
      .option('--note <text>', 'Why, for others to read')
      .option('-y, --yes', 'Do not ask for confirmation'),
  );
}

/** Adds the option that says whether a command waits for the end of its operations. */
export function withWaiting(command: Command): Command {
  return command.option('--no-wait', 'Do not wait for the result');
}

/** The part of a request that says how an operation is carried out. */
export function howOf({ canary, perSecond, note }: OperationOptions): Omit<OperationOptions, 'yes' | 'wait'> {
  return {
    ...(canary !== undefined && { canary }),
    ...(perSecond !== undefined && { perSecond }),
    ...(note !== undefined && { note }),
  };
}

/** @throws {InvalidArgumentError} */
function pace(value: string): number {
  if (!/^\d{1,5}(\.\d{1,2})?$/.test(value) || Number(value) === 0)
    throw new InvalidArgumentError('Expected a number above 0, such as 50 or 0.5.');
  return Number(value);
}
