import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  lastingText,
  noticesOf,
  troublePage,
  type Notice,
  type NoticeFirst,
  type NoticeSubjectType,
  type NoticeType,
  type TroubleKind,
} from '#contracts';
import { report } from '#orm';
import { Redaction } from '#redaction';
import type { RegistrySettings } from '#settings';
import { pageOf } from '../http/cursor.ts';
import { Conditions } from '../journal/conditions.ts';
import { SETTINGS } from '../runtime/tokens.ts';
import { absenceNotices, type Absence } from './absence-notice.ts';
import type { NoticePage, NoticeQuery, NoticeView, OpenTroubleView } from './dto/notice.dto.ts';
import { decodeNoticePosition, encodeNoticePosition } from './notice-cursor.ts';

/** More troubles at a time than people look at. */
const mostOpen = 200;

interface NoticeRow {
  id: string;
  type: NoticeType;
  at: Date;
  micros: string;
  sentAt: Date | null;
  /** The event as JSON; null: the registry told it, of this absence. */
  body: string | null;
  absence: Absence | null;
}

interface TroubleRow {
  kind: TroubleKind;
  subject_type: NoticeSubjectType;
  subject_id: string;
  subject_name: string;
  since: Date;
  told_at: Date | null;
  total: number;
  lasted_ms: string;
  reason: string | null;
  message: string;
  first: NoticeFirst;
}

const micros = (time: string) => `(extract(epoch from ${time}) * 1000000)::bigint::text`;

const told = (end: 'begin' | 'end', at: string) => `
  select id::text || '-${end === 'begin' ? 1 : 2}' as id, '${noticesOf.executors[end === 'begin' ? 'begins' : 'ends']}' as type,
    ${at} as at, ${end}_sent_at as "sentAt", null as body,
    json_build_object('id', id, 'since', since, 'noticedAt', noticed_at, 'endedAt', ended_at) as absence
  from executor_absences where ${at} is not null`;

const allNotices = `
  select id, type, told_at as at, sent_at as "sentAt", body, null::json as absence from notices
  union all ${told('begin', 'noticed_at')} union all ${told('end', 'ended_at')}`;

const openStatement = `
  select kind, subject_type, subject_id, subject_name, since, told_at, total, lasted_ms, reason, message, first from troubles
  where open order by since desc, id limit ${mostOpen}`;

const absentStatement = `
  select id, since, noticed_at as "noticedAt", null as "endedAt" from executor_absences where ended_at is null`;

/** Finds the notices, and the troubles that go on. */
@Injectable()
export class NoticeSearch {
  readonly #database: DataSource;
  readonly #redaction: Redaction;
  readonly #publicUrl: string | undefined;

  constructor(database: DataSource, redaction: Redaction, @Inject(SETTINGS) settings: RegistrySettings) {
    this.#database = database;
    this.#redaction = redaction;
    this.#publicUrl = settings.publicUrl;
  }

  async find({ type, cursor, limit }: NoticeQuery): Promise<NoticePage> {
    const last = cursor === undefined ? undefined : decodeNoticePosition(cursor);
    const conditions = new Conditions();
    conditions.add(type, (types) => `type = any(${types})`);
    if (last) {
      const at = `timestamptz 'epoch' + ${conditions.parameter(last.micros)}::bigint * interval '1 microsecond'`;
      conditions.require(`(at, id) < (${at}, ${conditions.parameter(last.id)})`);
    }
    const narrowing = conditions.where;
    const statement = `select id, type, at, ${micros('at')} as micros, "sentAt", body, absence from (${allNotices}) as told
      ${narrowing} order by at desc, id desc limit ${conditions.parameter(limit + 1)}`;
    const rows = await report<NoticeRow[]>(this.#database, statement, conditions.values);
    return { open: await this.#open(), ...pageOf(rows, limit, encodeNoticePosition, (row) => this.#view(row)) };
  }

  async #open(): Promise<OpenTroubleView[]> {
    const troubles = await this.#database.query<TroubleRow[]>(openStatement);
    const absences = await this.#database.query<Absence[]>(absentStatement);
    const absent = absences.map((absence): OpenTroubleView => {
      const [{ type, data }] = absenceNotices(absence, this.#publicUrl) as [ReturnType<typeof absenceNotices>[0]];
      return { ...data, type, lastNoticeAt: absence.noticedAt.toISOString() };
    });
    return [...absent, ...troubles.map((row) => this.#trouble(row))];
  }

  #trouble({ kind, subject_type: type, subject_id: id, subject_name: name, ...row }: TroubleRow): OpenTroubleView {
    return {
      type: noticesOf[kind].begins,
      subject: { type, id, name },
      since: row.since.toISOString(),
      count: row.total,
      reason: row.reason,
      message: this.#redaction.text(row.message),
      link: `${this.#publicUrl ?? ''}${troublePage(kind, { type, id })}`,
      lasting: lastingText(Number(row.lasted_ms)),
      first: row.first,
      lastNoticeAt: row.told_at?.toISOString() ?? null,
    };
  }

  #view({ id, type, at, sentAt, body, absence }: NoticeRow): NoticeView {
    const data = body === null ? this.#absenceData(type, absence!) : (JSON.parse(body) as { data: Notice }).data;
    return { id, type, at: at.toISOString(), sentAt: sentAt?.toISOString() ?? null, ...data };
  }

  #absenceData(type: NoticeType, { id, since, noticedAt, endedAt }: Absence): Notice {
    const absence = {
      id,
      since: new Date(since),
      noticedAt: new Date(noticedAt),
      endedAt: endedAt && new Date(endedAt),
    };
    return absenceNotices(absence, this.#publicUrl).find((notice) => notice.type === type)!.data;
  }
}
