import { allExecutors, noticesOf, type Notice, type NoticeType } from '#contracts';

/** A time in which no executor ran. */
export interface Absence {
  readonly id: string;
  readonly since: Date;
  /** When the registry noticed it, and when it ended; null: it goes on. */
  readonly noticedAt: Date;
  readonly endedAt: Date | null;
}

/** A notice that the registry tells itself. */
export interface AbsenceNotice {
  /** The same whenever it is made, so that one that is sent again is recognised. */
  readonly id: string;
  readonly type: NoticeType;
  readonly at: Date;
  readonly data: Notice;
}

/** What tells that no executor runs, and after its end, that one runs again. */
export function absenceNotices(absence: Absence, publicUrl: string | undefined): AbsenceNotice[] {
  const { id, since, noticedAt, endedAt } = absence;
  const shared = {
    subject: allExecutors,
    since: since.toISOString(),
    count: 1,
    link: `${publicUrl ?? ''}/executors`,
    lasting: null,
    first: { eventId: null, at: since.toISOString() },
  };
  const { begins, ends } = noticesOf.executors;
  const none = { reason: 'no_executor', message: 'No executor runs. Events stay in RabbitMQ until one does.' };
  const begin = { id: `${id}-1`, type: begins, at: noticedAt, data: { ...shared, ...none } };
  if (!endedAt) return [begin];
  const back = { reason: null, message: 'An executor runs again.' };
  return [begin, { id: `${id}-2`, type: ends, at: endedAt, data: { ...shared, ...back } }];
}

/** The event of a notice, in the native format. */
export function absenceEvent({ id, type, at, data }: AbsenceNotice): Buffer {
  const event = { id, dt: at.toISOString(), events_id: type, object_id: data.subject.id };
  return Buffer.from(JSON.stringify({ event, data }));
}
