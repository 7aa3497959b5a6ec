import type { NoticeFirst, NoticeSubject, NoticeSubjectType, TroubleKind } from '#contracts';
import type { PoolClient } from '#database';
import type { Trouble } from './trouble.ts';

interface Row {
  id: string;
  kind: TroubleKind;
  subject_type: NoticeSubjectType;
  subject_id: string;
  subject_name: string;
  since: Date;
  open: boolean;
  told: boolean;
  told_at: Date | null;
  sequence: number;
  total: number;
  untold: number;
  size: number;
  open_since: Date;
  /** A bigint, which the driver reads as text. */
  lasted_ms: string | number;
  reason: string | null;
  message: string;
  first: NoticeFirst;
  changed_at?: Date;
}

/** What names a trouble. */
export interface SubjectOfTrouble {
  readonly kind: TroubleKind;
  readonly subject: Pick<NoticeSubject, 'type' | 'id'>;
}

const underWayStatement = {
  name: 'troubles-under-way',
  text: 'select * from troubles where open or told or untold > 0',
};

const ofSubjectsStatement = {
  name: 'troubles-of-subjects',
  text: `select troubles.* from troubles
    join json_to_recordset($1::json) as s (kind text, subject_type text, subject_id text)
      using (kind, subject_type, subject_id)`,
};

const storeStatement = {
  name: 'store-troubles',
  text: `insert into troubles (id, kind, subject_type, subject_id, subject_name, since, open, told, told_at, sequence,
      total, untold, size, open_since, lasted_ms, reason, message, first)
    select id, kind, subject_type, subject_id, subject_name, since, open, told, told_at, sequence, total,
      untold, size, open_since, lasted_ms, reason, message, first
    from json_populate_recordset(null::troubles, $1::json)
    on conflict (kind, subject_type, subject_id) do update set subject_name = excluded.subject_name,
      since = excluded.since, open = excluded.open, told = excluded.told, told_at = excluded.told_at,
      sequence = excluded.sequence, total = excluded.total, untold = excluded.untold, size = excluded.size,
      open_since = excluded.open_since, lasted_ms = excluded.lasted_ms, reason = excluded.reason, message = excluded.message, first = excluded.first, changed_at = now()`,
};

/** Names a subject among those of all kinds. */
export function troubleKey({ kind, subject }: SubjectOfTrouble): string {
  return `${kind}\n${subject.type}\n${subject.id}`;
}

/** The troubles of which something is still to be told, or that go on. */
export async function troublesUnderWay(client: PoolClient): Promise<Trouble[]> {
  const { rows } = await client.query<Row>(underWayStatement);
  return rows.map(troubleOf);
}

/** What is known of some subjects. */
export async function troublesOf(client: PoolClient, of: readonly SubjectOfTrouble[]): Promise<Trouble[]> {
  if (of.length === 0) return [];
  const subjects = of.map(({ kind, subject }) => ({ kind, subject_type: subject.type, subject_id: subject.id }));
  const { rows } = await client.query<Row>({ ...ofSubjectsStatement, values: [JSON.stringify(subjects)] });
  return rows.map(troubleOf);
}

export async function storeTroubles(client: PoolClient, troubles: readonly Trouble[]): Promise<void> {
  if (troubles.length === 0) return;
  await client.query({ ...storeStatement, values: [JSON.stringify(troubles.map(rowOf))] });
}

function troubleOf({
  subject_type,
  subject_id,
  subject_name,
  told_at,
  open_since,
  lasted_ms,
  changed_at,
  ...row
}: Row): Trouble {
  const subject = { type: subject_type, id: subject_id, name: subject_name };
  const times = { openSince: open_since, lastedMs: Number(lasted_ms), ...(changed_at && { changedAt: changed_at }) };
  return { ...row, subject, toldAt: told_at, ...times };
}

function rowOf({ subject, toldAt, openSince, lastedMs, changedAt: _, ...trouble }: Trouble): Row {
  return {
    ...trouble,
    subject_type: subject.type,
    subject_id: subject.id,
    subject_name: subject.name,
    told_at: toldAt,
    open_since: openSince,
    lasted_ms: lastedMs,
  };
}
