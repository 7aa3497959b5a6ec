import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsIn } from 'class-validator';
import { weekdays, type Hold, type HoldWindow, type Weekday } from '#contracts';
import { isTimeZone } from '#holds';
import { customRule } from '../../http/custom-rule.ts';
import { Described } from '../../http/described.ts';
import { DateTime } from '../../http/formats.ts';

const timeOfDay = /^([01]\d|2[0-3]):[0-5]\d$/;
const endOfDay = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;

function IsTime(pattern: RegExp, message: string): PropertyDecorator {
  const fault = (value: unknown): string | undefined =>
    typeof value === 'string' && pattern.test(value) ? undefined : message;
  return customRule({ name: 'time', fault, schema: { pattern: pattern.source } });
}

function IsTimeZone(): PropertyDecorator {
  return customRule({
    name: 'timeZone',
    fault: (value) =>
      typeof value === 'string' && value.length <= 64 && isTimeZone(value)
        ? undefined
        : 'must be the name of a time zone, such as Europe/Berlin',
    schema: { maxLength: 64 },
  });
}

export class HoldWindowInput implements HoldWindow {
  /** Days of the week on which the window begins */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(weekdays.length)
  @ArrayUnique()
  @IsIn(weekdays, { each: true })
  days!: Weekday[];

  /**
   * When it begins, by the clocks of the time zone
   *
   * @example 02:00
   */
  @IsTime(timeOfDay, 'must be a time of day, such as 02:00')
  from!: string;

  /**
   * When it ends, up to 24:00; on the next day unless it is later than `from`
   *
   * @example 04:00
   */
  @IsTime(endOfDay, 'must be a time of day, such as 04:00, or 24:00')
  to!: string;

  /** @example Europe/Berlin */
  @IsTimeZone()
  timeZone!: string;
}

export class HoldWindowView implements HoldWindow {
  @Described({ enum: [...weekdays], isArray: true })
  days!: Weekday[];

  from!: string;

  to!: string;

  timeZone!: string;
}

export class HoldView implements Hold {
  reason!: string;

  /** Null: until a person releases it */
  @DateTime()
  until!: string | null;

  @DateTime()
  since!: string;

  /** Name of the API key or person that holds it */
  by!: string;
}
