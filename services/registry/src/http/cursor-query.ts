import { cursorRule } from './cursor.ts';
import { NumberParameter, Parameter } from './query-fields.ts';

const defaultLimit = 50;

/** The parameters of a list that is read page by page, newest first. */
export class CursorQuery {
  @Parameter(cursorRule, 'nextCursor of the page before')
  cursor?: string;

  @NumberParameter({ min: 1, max: 200 }, defaultLimit, 'How many items at most')
  limit = defaultLimit;
}
