import { applyDecorators } from '@nestjs/common';
import { IsString } from 'class-validator';
import { IfGiven, Trimmed } from '../http/fields.ts';
import { IsOneLine, Length } from '../http/text.ts';

/** The `q` of the journal's lists: an id, an object id, a partition key, an indexed value or a text. */
export function SearchText(): PropertyDecorator {
  return applyDecorators(IfGiven(), Trimmed(), IsString(), IsOneLine(), Length(1, 255));
}
