import { IsIn, IsInt, IsString, Max, Min } from 'class-validator';
import { IfGiven } from '../../http/fields.ts';
import { Integer } from '../../http/formats.ts';
import { ListParameter, NumberParameter } from '../../http/query-fields.ts';
import { IsOneLine, MaxLength } from '../../http/text.ts';
import { targetSortKeys } from '../target-search.ts';
import { TargetView } from './target.dto.ts';

const firstPage = 1;
const defaultLimit = 50;

/** The parameters of `GET /targets`. */
export class TargetQuery {
  /** Part of the name, the description or the base URL, in upper or lower case */
  @IfGiven()
  @IsString()
  @IsOneLine()
  @MaxLength(255)
  q?: string;

  /** Order, the first key first; a - before a key reverses it */
  @ListParameter()
  @IsIn(targetSortKeys, { each: true })
  sort: string[] = ['name'];

  /** From 1 */
  @NumberParameter()
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  page: number = firstPage;

  /** Most items on a page */
  @NumberParameter()
  @IsInt()
  @Min(1)
  @Max(500)
  limit: number = defaultLimit;
}

export class TargetPage {
  items!: TargetView[];

  /** Number of items on all pages */
  @Integer()
  total!: number;

  @Integer()
  page!: number;

  @Integer()
  limit!: number;
}
