import { IsString } from 'class-validator';
import { targetLimits } from '#contracts';
import { HandlerView } from '../../handlers/dto/handler.dto.ts';
import { IfGiven, Trimmed } from '../../http/fields.ts';
import { MayBeAbsent } from '../../http/optional-body.ts';
import { IsOneLine, Length } from '../../http/text.ts';
import { TargetView } from './target.dto.ts';

@MayBeAbsent()
export class ExtractTargetInput {
  /** Name of the target; without it the host of the URL */
  @IfGiven()
  @Trimmed()
  @IsString()
  @IsOneLine()
  @Length(1, targetLimits.nameLength)
  name?: string;
}

export class ExtractedTargetView {
  target!: TargetView;

  /** It names the target now */
  handler!: HandlerView;
}
