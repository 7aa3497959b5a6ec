import { IsInt, Max, Min } from 'class-validator';
import { customRule } from '../../http/custom-rule.ts';
import { IfGiven, Trimmed } from '../../http/fields.ts';
import { IsPlainText, MaxLength } from '../../http/text.ts';

const slowest = 0.01;
const fastest = 10_000;

/** How many in a second. */
function IsPace(): PropertyDecorator {
  const message = `must be a number from ${slowest} to ${fastest}`;
  const fits = (value: unknown): boolean => typeof value === 'number' && value >= slowest && value <= fastest;
  const fault = (value: unknown): string | undefined => (fits(value) ? undefined : message);
  return customRule({ name: 'pace', fault, schema: { minimum: slowest, maximum: fastest } });
}

/** The reason that a person gives for an action. */
export class NoteInput {
  /** The reason, for other operators */
  @IfGiven()
  @Trimmed()
  @MaxLength(1_000)
  @IsPlainText()
  note?: string;
}

/** How an operation is carried out. */
export class OperationInput extends NoteInput {
  /** This number goes first; the rest follows if all of them succeed */
  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(100_000)
  canary?: number;

  /** The most that begin in a second; 250 by default */
  @IfGiven()
  @IsPace()
  perSecond?: number;
}
