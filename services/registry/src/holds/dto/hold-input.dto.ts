import { IsString } from 'class-validator';
import { holdLimits } from '#contracts';
import { IsDateTime } from '../../http/date-time.ts';
import { IfNotNull, Trimmed } from '../../http/fields.ts';
import { IsPlainText, Length } from '../../http/text.ts';

export class HoldInput {
  /**
   * Why it is not called, for other people
   *
   * @example CRM upgrade
   */
  @Trimmed()
  @IsString()
  @IsPlainText()
  @Length(1, holdLimits.reasonLength)
  reason!: string;

  /** When it ends, in the future; without it or null: when a person releases it */
  @IfNotNull()
  @IsDateTime()
  until?: string | null;
}
