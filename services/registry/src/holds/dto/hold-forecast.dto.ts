import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsUUID, ValidateIf } from 'class-validator';
import { IsDateTime } from '../../http/date-time.ts';
import { Described } from '../../http/described.ts';
import { DateTime, Integer } from '../../http/formats.ts';

const mostIds = 500;

export class HoldForecastInput {
  /** The handlers that would be held; required without targetIds */
  @ValidateIf(({ handlerIds, targetIds }: HoldForecastInput) => handlerIds !== undefined || targetIds === undefined)
  @Described({ required: false })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(mostIds)
  @ArrayUnique()
  @IsUUID('loose', { each: true })
  handlerIds?: string[];

  /** The targets that would be held, in place of handlers */
  @ValidateIf(({ targetIds }: HoldForecastInput) => targetIds !== undefined)
  @Described({ required: false })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(mostIds)
  @ArrayUnique()
  @IsUUID('loose', { each: true })
  targetIds?: string[];

  /** When the hold would begin */
  @IsDateTime()
  from!: string;

  /** When it would end, at most 7 days later */
  @IsDateTime()
  to!: string;
}

export class ForecastWeekView {
  /** When the hours of that week begin */
  @DateTime()
  from!: string;

  @DateTime()
  to!: string;

  /** Events in them for which these handlers ran */
  @Integer()
  events!: number;

  /** Partition keys of these events */
  @Integer()
  keys!: number;
}

/** What a hold would delay, from the same hours of past weeks; tests and replays are left out. */
export class HoldForecastView {
  /** Events to expect: the average of the weeks; 0 without any */
  @Integer()
  events!: number;

  /** Partition keys to expect: the average of the weeks; 0 without any */
  @Integer()
  keys!: number;

  /** Number of weeks that were looked at, at most 4; 0 while the journal is too young */
  @Integer()
  weeks!: number;

  /** What each of these weeks had, the latest first */
  pastWeeks!: ForecastWeekView[];
}
