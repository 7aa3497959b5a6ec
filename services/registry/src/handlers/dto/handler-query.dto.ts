import { IsIn, IsInt, IsString, IsUUID, Max, Min } from 'class-validator';
import { eventTypes, handlerStatuses, taskTypes, type HandlerStatus, type TaskType } from '#contracts';
import { IfGiven } from '../../http/fields.ts';
import { Integer } from '../../http/formats.ts';
import { ListParameter, NumberParameter } from '../../http/query-fields.ts';
import { IsOneLine, MaxLength } from '../../http/text.ts';
import { sortKeys } from '../handler-sort.ts';
import { HandlerView } from './handler.dto.ts';

const firstPage = 1;
const defaultLimit = 50;

/** The parameters of `GET /handlers`. */
export class HandlerQuery {
  /** Id of an event type */
  @IfGiven()
  @IsIn(eventTypes.map(({ id }) => id))
  event?: string;

  /** Type of the task */
  @IfGiven()
  @IsIn(taskTypes)
  type?: TaskType;

  /** Id of the target that they call */
  @IfGiven()
  @IsUUID('loose')
  target?: string;

  /** Without it: enabled and disabled, not archived */
  @ListParameter()
  @IsIn(handlerStatuses, { each: true })
  status?: HandlerStatus[];

  /** Part of the name, the description, the URL or the path, in upper or lower case */
  @IfGiven()
  @IsString()
  @IsOneLine()
  @MaxLength(255)
  q?: string;

  /** Order, the first key first; a - before a key reverses it */
  @ListParameter()
  @IsIn(sortKeys, { each: true })
  sort: string[] = ['priority', 'name'];

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

export class HandlerPage {
  items!: HandlerView[];

  /** Number of items on all pages */
  @Integer()
  total!: number;

  @Integer()
  page!: number;

  @Integer()
  limit!: number;
}
