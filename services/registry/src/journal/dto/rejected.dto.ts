import { ApiProperty } from '@nestjs/swagger';
import { rejectionReasons, type JsonObject } from '#contracts';
import { CursorQuery } from '../../http/cursor-query.ts';
import { FieldErrorView } from '../../http/problem.dto.ts';
import { Parameter } from '../../http/query-fields.ts';
import { oneOf } from '../../http/rules.ts';

/** The parameters of `GET /rejected`. */
export class RejectedQuery extends CursorQuery {
  @Parameter(oneOf(rejectionReasons), 'Why it was rejected')
  reason?: string;
}

export class RejectedMessageView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'date-time' })
  rejectedAt!: string;

  @ApiProperty({ type: 'string', enum: [...rejectionReasons] })
  reason!: string;

  @ApiProperty({ description: 'For people' })
  message!: string;

  @ApiProperty({ type: [FieldErrorView] })
  errors!: FieldErrorView[];

  @ApiProperty()
  exchange!: string;

  @ApiProperty()
  routingKey!: string;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'AMQP properties and headers' })
  properties!: JsonObject;

  @ApiProperty({ type: 'integer', description: 'Bytes of the whole body' })
  size!: number;

  @ApiProperty({
    format: 'byte',
    description: 'The first 64 KiB of the body, base64; redacted fields are masked in it',
  })
  body!: string;

  @ApiProperty({ type: 'string', nullable: true, description: 'The same as text, when it is UTF-8' })
  bodyText!: string | null;

  @ApiProperty({ description: 'True when the body is longer than what is shown here' })
  truncated!: boolean;
}

export class RejectedPage {
  @ApiProperty({ type: [RejectedMessageView] })
  items!: RejectedMessageView[];

  @ApiProperty({ type: 'string', nullable: true, description: 'Null on the last page' })
  nextCursor!: string | null;
}
