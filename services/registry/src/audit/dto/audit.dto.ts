import { ApiProperty } from '@nestjs/swagger';
import { callerKinds, type CallerKind } from '../../access/caller.ts';
import { CursorQuery } from '../../http/cursor-query.ts';
import { DateTimeParameter, ListParameter, Parameter } from '../../http/query-fields.ts';
import { oneOf, text } from '../../http/rules.ts';
import { auditActions, subjectTypes, type AuditAction, type SubjectType } from '../audit-actions.ts';

const idOrName = text({ max: 255 });

/** The parameters of `GET /audit`. */
export class AuditQuery extends CursorQuery {
  @Parameter(idOrName, 'Id or name of who did it')
  actor?: string;

  @ListParameter(oneOf(auditActions), 'What was done')
  action?: string[];

  @Parameter(idOrName, 'Id or name of what it was done to')
  subject?: string;

  @DateTimeParameter('Done at this time or later')
  from?: Date;

  @DateTimeParameter('Done before this time')
  to?: Date;
}

export class AuditActorView {
  @ApiProperty({ type: 'string', enum: [...callerKinds] })
  kind!: CallerKind;

  @ApiProperty({ description: "The API key's, or the subject of a token" })
  id!: string;

  @ApiProperty()
  name!: string;
}

export class AuditSubjectView {
  @ApiProperty({ type: 'string', enum: [...subjectTypes] })
  type!: SubjectType;

  @ApiProperty()
  id!: string;

  @ApiProperty({ type: 'string', nullable: true, description: 'As it was called then' })
  name!: string | null;
}

export class AuditEntryView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ type: AuditActorView })
  actor!: AuditActorView;

  @ApiProperty({ description: 'The address that the request came from' })
  address!: string;

  @ApiProperty({ type: 'string', enum: [...auditActions] })
  action!: AuditAction;

  @ApiProperty({ type: AuditSubjectView })
  subject!: AuditSubjectView;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'What it was; secrets are shown as ***',
  })
  before!: Record<string, unknown> | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'What it is now, or what was asked for; secrets are shown as ***',
  })
  after!: Record<string, unknown> | null;
}

export class AuditPage {
  @ApiProperty({ type: [AuditEntryView] })
  items!: AuditEntryView[];

  @ApiProperty({ type: 'string', nullable: true, description: 'Null on the last page' })
  nextCursor!: string | null;
}
