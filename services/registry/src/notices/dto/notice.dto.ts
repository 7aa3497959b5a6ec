import { IsIn } from 'class-validator';
import {
  noticeSubjectTypes,
  noticeTypes,
  type Notice,
  type NoticeFirst,
  type NoticeSubject,
  type NoticeSubjectType,
  type NoticeType,
} from '#contracts';
import { PageQuery } from '../../http/cursor-query.dto.ts';
import { IsCursor } from '../../http/cursor.ts';
import { IfGiven } from '../../http/fields.ts';
import { DateTime, Integer, ObjectId, OneOf, Uuid } from '../../http/formats.ts';
import { ListParameter } from '../../http/query-fields.ts';
import { decodeNoticePosition } from '../notice-cursor.ts';

/** The parameters of `GET /notices`. */
export class NoticeQuery extends PageQuery {
  /** Types of the notices */
  @ListParameter()
  @IsIn(noticeTypes, { each: true })
  type?: NoticeType[];

  /** `nextCursor` of the page before */
  @IfGiven()
  @IsCursor(decodeNoticePosition)
  cursor?: string;
}

export class NoticeSubjectView implements NoticeSubject {
  @OneOf(noticeSubjectTypes)
  type!: NoticeSubjectType;

  id!: string;

  name!: string;
}

/** The first of what a notice stands for; other fields are absent where they do not apply. */
export class NoticeFirstView implements NoticeFirst {
  /** Of the event, or of the message as its publisher gave it; null: there is none */
  eventId!: string | null;

  /** Id of the event type */
  event?: string;

  @ObjectId()
  objectId?: number | string;

  @Uuid()
  executionId?: string;

  partitionKey?: string;

  @Uuid()
  handlerId?: string;

  @Uuid()
  executorId?: string;

  @Uuid()
  rejectedId?: string;

  @DateTime()
  at?: string;
}

/** A trouble, as a notice describes it. */
export class TroubleView implements Notice {
  subject!: NoticeSubjectView;

  /** When the trouble began */
  @DateTime()
  since!: string;

  /** Of a notice: how many it stands for. Of a trouble: how many there were in all */
  @Integer()
  count!: number;

  reason!: string | null;

  message!: string;

  /** The page of the console that leads to it */
  link!: string;

  /** How long the trouble has lasted, as handlers wait for it: at its end the longest that had a notice; null: none */
  lasting!: string | null;

  first!: NoticeFirstView;
}

export class OpenTroubleView extends TroubleView {
  /** Of the notices that tell of it */
  @OneOf(noticeTypes)
  type!: NoticeType;

  /** When its last notice was written; null: it has none yet */
  @DateTime()
  lastNoticeAt!: string | null;
}

export class NoticeView extends TroubleView {
  /** Id of its event */
  id!: string;

  @OneOf(noticeTypes)
  type!: NoticeType;

  /** When it was written */
  @DateTime()
  at!: string;

  /** Null while RabbitMQ has not confirmed it */
  @DateTime()
  sentAt!: string | null;
}

export class NoticePage {
  /** Troubles that go on, the newest first */
  open!: OpenTroubleView[];

  /** Notices, the newest first */
  items!: NoticeView[];

  /** Null on the last page */
  nextCursor!: string | null;
}
