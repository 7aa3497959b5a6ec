import { ApiProperty } from '@nestjs/swagger';
import { deferralReasons, type DeferralReason } from '#contracts';
import { cursorRule } from '../../http/cursor.ts';
import { PageQuery } from '../../http/cursor-query.ts';
import { Parameter } from '../../http/query-fields.ts';
import { oneOf, uuid } from '../../http/rules.ts';
import { decodePosition } from '../deferral-cursor.ts';

/** The parameters of `GET /deferrals`. */
export class DeferralQuery extends PageQuery {
  @Parameter(uuid, 'Id of the handler that is waited for')
  handlerId?: string;

  @Parameter(oneOf(deferralReasons), 'Why it waits')
  reason?: DeferralReason;

  @Parameter(cursorRule(decodePosition), 'nextCursor of the page before')
  cursor?: string;
}

export class DeferredEventView {
  @ApiProperty({ description: 'As billing gave it' })
  id!: string;

  @ApiProperty()
  type!: string;

  @ApiProperty({ oneOf: [{ type: 'integer' }, { type: 'string' }] })
  objectId!: number | string;
}

export class DeferralView {
  @ApiProperty({ description: 'Partition key; of a detached execution its id' })
  key!: string;

  @ApiProperty({ description: 'True for an execution that is retried on the side, holding nobody' })
  detached!: boolean;

  @ApiProperty({ format: 'date-time' })
  waitingSince!: string;

  @ApiProperty({ format: 'date-time', description: 'When it is tried next' })
  dueAt!: string;

  @ApiProperty({ type: 'string', enum: [...deferralReasons] })
  reason!: DeferralReason;

  @ApiProperty({
    type: 'string',
    format: 'uuid',
    nullable: true,
    description: 'The handler that is waited for; null for an event that has not begun',
  })
  handlerId!: string | null;

  @ApiProperty({ type: 'string', nullable: true })
  handlerName!: string | null;

  @ApiProperty({ type: DeferredEventView, description: 'The event that is the next to go on' })
  event!: DeferredEventView;

  @ApiProperty({ type: 'integer', description: 'Attempts of that handler for that event so far, as far as they count' })
  attempts!: number;

  @ApiProperty({ type: 'integer', description: 'Further events of the key that wait behind that one' })
  behind!: number;

  @ApiProperty({ description: 'True while an executor works on it' })
  running!: boolean;
}

export class DeferralPage {
  @ApiProperty({ type: [DeferralView] })
  items!: DeferralView[];

  @ApiProperty({ type: 'string', nullable: true, description: 'Null on the last page' })
  nextCursor!: string | null;
}

export class DeferralKeyView {
  @ApiProperty()
  key!: string;
}
