import { IsDate, IsIn, IsString } from 'class-validator';
import { callerKinds, type CallerKind } from '../../access/caller.ts';
import { CursorQuery } from '../../http/cursor-query.dto.ts';
import { IfGiven } from '../../http/fields.ts';
import { DateTime, OneOf, Uuid } from '../../http/formats.ts';
import { DateTimeParameter, ListParameter } from '../../http/query-fields.ts';
import { IsOneLine, MaxLength } from '../../http/text.ts';
import { auditActions, subjectTypes, type AuditAction, type SubjectType } from '../audit-actions.ts';

/** The parameters of `GET /audit`. */
export class AuditQuery extends CursorQuery {
  /** Id or name of the actor */
  @IfGiven()
  @IsString()
  @IsOneLine()
  @MaxLength(255)
  actor?: string;

  /** The action */
  @ListParameter()
  @IsIn(auditActions, { each: true })
  action?: string[];

  /** Id or name of the changed thing */
  @IfGiven()
  @IsString()
  @IsOneLine()
  @MaxLength(255)
  subject?: string;

  /** Done at this time or later */
  @DateTimeParameter()
  @IsDate()
  from?: Date;

  /** Done before this time */
  @DateTimeParameter()
  @IsDate()
  to?: Date;
}

export class AuditActorView {
  @OneOf(callerKinds)
  kind!: CallerKind;

  /** The API key's, or the subject of a token */
  id!: string;

  name!: string;
}

export class AuditSubjectView {
  @OneOf(subjectTypes)
  type!: SubjectType;

  id!: string;

  /** The name at that time */
  name!: string | null;
}

export class AuditEntryView {
  @Uuid()
  id!: string;

  @DateTime()
  at!: string;

  actor!: AuditActorView;

  /** The address that the request came from */
  address!: string;

  @OneOf(auditActions)
  action!: AuditAction;

  subject!: AuditSubjectView;

  /** State before the change; secrets are shown as *** */
  before!: Record<string, unknown> | null;

  /** State after the change, or the request; secrets are shown as *** */
  after!: Record<string, unknown> | null;
}

export class AuditPage {
  items!: AuditEntryView[];

  /** Null on the last page */
  nextCursor!: string | null;
}
