import { IsInt, Max, Min } from 'class-validator';
import { IsCursor } from './cursor.ts';
import { IfGiven } from './fields.ts';
import { NumberParameter } from './query-fields.ts';

const defaultLimit = 50;

/** The parameter of a list that is read page by page. */
export class PageQuery {
  /** Most items on a page */
  @NumberParameter()
  @IsInt()
  @Min(1)
  @Max(200)
  limit: number = defaultLimit;
}

/** The parameters of a list that is read page by page, newest first. */
export class CursorQuery extends PageQuery {
  /** `nextCursor` of the page before */
  @IfGiven()
  @IsCursor()
  cursor?: string;
}
