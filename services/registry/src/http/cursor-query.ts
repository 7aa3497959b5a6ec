import { cursorRule, decodeCursor } from './cursor.ts';
import { NumberParameter, Parameter } from './query-fields.ts';

const defaultLimit = 50;

/** The parameter of a list that is read page by page. */
export class PageQuery {
  @NumberParameter({ min: 1, max: 200 }, defaultLimit, 'How many items at most')
  limit = defaultLimit;
}

/** The parameters of a list that is read page by page, newest first. */
export class CursorQuery extends PageQuery {
  @Parameter(cursorRule(decodeCursor), 'nextCursor of the page before')
  cursor?: string;
}
