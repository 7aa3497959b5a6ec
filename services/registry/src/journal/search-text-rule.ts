import { applyDecorators } from '@nestjs/common';
import { IsString } from 'class-validator';
import { Described } from '../http/described.ts';
import { IfGiven, Trimmed } from '../http/fields.ts';
import { IsOneLine, Length } from '../http/text.ts';

const bounds = { minLength: 1, maxLength: 255 };

/** The `q` of the journal's lists: an id, an object id, a partition key, an indexed value or a text. */
export function SearchText(): PropertyDecorator {
  const { minLength, maxLength } = bounds;
  return applyDecorators(
    IfGiven(),
    Trimmed(),
    IsString(),
    IsOneLine(),
    Length(minLength, maxLength),
    Described(bounds),
  );
}
