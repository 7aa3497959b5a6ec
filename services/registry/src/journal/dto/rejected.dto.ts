import { ApiProperty } from '@nestjs/swagger';
import { IsDate, IsIn } from 'class-validator';
import { rejectionReasons, type JsonObject } from '#contracts';
import { CursorQuery } from '../../http/cursor-query.dto.ts';
import { IfGiven } from '../../http/fields.ts';
import { AnyObject, DateTime, Integer, OneOf, Uuid } from '../../http/formats.ts';
import { FieldErrorView } from '../../http/problem.dto.ts';
import { DateTimeParameter } from '../../http/query-fields.ts';
import { IsIdentifier } from '../identifier-rule.ts';

/** The parameters of `GET /rejected`. */
export class RejectedQuery extends CursorQuery {
  /** Why it was rejected */
  @IfGiven()
  @IsIn(rejectionReasons)
  reason?: string;

  /** Routing key with which it was published; at most 255 bytes of UTF-8 */
  @IfGiven()
  @IsIdentifier()
  routingKey?: string;

  /** Rejected then or later */
  @DateTimeParameter()
  @IsDate()
  from?: Date;

  /** Rejected before */
  @DateTimeParameter()
  @IsDate()
  to?: Date;
}

export class RejectedMessageView {
  @Uuid()
  id!: string;

  @DateTime()
  rejectedAt!: string;

  @OneOf(rejectionReasons)
  reason!: string;

  /** In plain text */
  message!: string;

  errors!: FieldErrorView[];

  exchange!: string;

  routingKey!: string;

  /** AMQP properties and headers */
  @AnyObject()
  properties!: JsonObject;

  /** Bytes of the whole body */
  @Integer()
  size!: number;

  /** The first 64 KiB of the body, base64; redacted fields are masked in it */
  @ApiProperty({ format: 'byte' })
  body!: string;

  /** The body as text, if it is UTF-8 */
  bodyText!: string | null;

  /** True when the body is longer than what is shown here */
  truncated!: boolean;
}

export class RejectedPage {
  items!: RejectedMessageView[];

  /** Null on the last page */
  nextCursor!: string | null;
}
