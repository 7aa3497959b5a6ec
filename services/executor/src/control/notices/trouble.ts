import type { NoticeFirst, NoticeSubject, TroubleKind } from '#contracts';

/** The first of what a trouble stands for, and what is said of it. */
export interface Instance {
  readonly reason: string | null;
  /** For people. */
  readonly message: string;
  readonly first: NoticeFirst;
}

/** What a look has found of a subject. */
export interface Finding extends Instance {
  readonly kind: TroubleKind;
  readonly subject: NoticeSubject;
  readonly since: Date;
  /** Whether the trouble goes on. */
  readonly open: boolean;
  /** How many came since the last look; undefined: those by which `size` has grown. */
  readonly fresh?: number;
  /** How many there are now. */
  readonly size: number;
}

/** What is known of a subject, and of its notices. Times are the database's. */
export interface Trouble extends Instance {
  readonly id: string;
  readonly kind: TroubleKind;
  readonly subject: NoticeSubject;
  readonly since: Date;
  readonly open: boolean;
  /** Whether a notice has told of its beginning. */
  readonly told: boolean;
  /** When a notice last told that it began or goes on, also of the trouble before. */
  readonly toldAt: Date | null;
  /** Notices about the subject so far. */
  readonly sequence: number;
  /** How many it stands for, and how many of them no notice has told of. */
  readonly total: number;
  readonly untold: number;
  readonly size: number;
  /** Since when it goes on, or went on, without a pause. */
  readonly openSince: Date;
  /** The longest time of which a notice has told that the trouble has lasted it, milliseconds; 0: none. */
  readonly lastedMs: number;
  /** When something of it was last stored. */
  readonly changedAt?: Date;
}

/** A notice that is due now. */
export interface Telling {
  readonly tells: 'beginning' | 'lasting' | 'end';
  /** How long it has lasted, where handlers wait for that; of an end, the longest that had a notice. */
  readonly lastedMs: number;
  /** Of the subject's notices. */
  readonly sequence: number;
  readonly count: number;
}

interface Circumstances {
  readonly id: string;
  readonly now: Date;
  readonly intervalMs: number;
  readonly lastings?: readonly number[];
}

/**
 * The next state of a trouble, and the notices that it needs. A beginning has its notice at once. While the trouble
 * goes on, one notice per interval counts what has come since. A trouble whose beginning had a notice has one at its
 * end, at once. A trouble that returns within the interval gets its notice afterwards, even if it has ended by then.
 * One that goes on has a notice for each time that handlers wait for it to last, after that of its beginning.
 *
 * @param known Undefined: nothing is known of the subject.
 * @param id Of a trouble of which nothing is known.
 * @param lastings Times that handlers wait for it to last, milliseconds, in any order.
 */
export function nextTrouble(
  known: Trouble | undefined,
  found: Finding,
  { id, now, intervalMs, lastings = [] }: Circumstances,
): { trouble: Trouble; tell: Telling[] } {
  const before = known ?? unknown(id, found);
  const grown = Math.max(found.size - (before.open ? before.size : 0), 0);
  const fresh = found.fresh ?? (found.open ? grown : 0);
  const begins = !before.open && !before.told && before.untold === 0 && (fresh > 0 || found.open);
  const since = begins ? found.since : before.since;
  const total = (begins ? 0 : before.total) + fresh;
  const untold = before.untold + fresh;
  // The first of which no notice has told.
  const instance = before.untold === 0 && fresh > 0 ? found : before;
  const base: Trouble = {
    ...before,
    subject: found.subject,
    since,
    open: found.open,
    size: found.open ? found.size : 0,
    total,
    untold,
    reason: instance.reason,
    message: instance.message,
    first: instance.first,
    openSince: found.open && !before.open ? found.since : before.openSince,
    lastedMs: begins ? 0 : before.lastedMs,
  };
  const isDue = before.toldAt === null || now.getTime() - before.toldAt.getTime() >= intervalMs;
  const tell: Telling[] = [];
  let trouble = base;
  if (untold > 0 && isDue) {
    trouble = { ...trouble, told: true, toldAt: now, untold: 0, sequence: trouble.sequence + 1 };
    tell.push({ tells: 'beginning', lastedMs: 0, sequence: trouble.sequence, count: untold });
  }
  const openForMs = now.getTime() - base.openSince.getTime();
  const lasted = lastings.filter((lasting) => lasting > base.lastedMs && lasting <= openForMs);
  for (const lastedMs of trouble.told && trouble.open ? lasted.toSorted((a, b) => a - b) : []) {
    trouble = { ...trouble, lastedMs, sequence: trouble.sequence + 1 };
    tell.push({ tells: 'lasting', lastedMs, sequence: trouble.sequence, count: total });
  }
  if (trouble.told && !trouble.open) {
    // What came after the last notice is in the count of the end.
    trouble = { ...trouble, told: false, untold: 0, sequence: trouble.sequence + 1 };
    tell.push({ tells: 'end', lastedMs: trouble.lastedMs, sequence: trouble.sequence, count: total });
  }
  return { trouble, tell };
}

function unknown(id: string, { kind, subject, since, reason, message, first }: Finding): Trouble {
  const nothing = { open: false, told: false, toldAt: null, sequence: 0, total: 0, untold: 0, size: 0, lastedMs: 0 };
  return { id, kind, subject, since, openSince: since, reason, message, first, ...nothing };
}

/** A trouble of which a look has found nothing more, and that goes on or not. */
export function stillFound(trouble: Trouble, open: boolean): Finding {
  const { kind, subject, since, reason, message, first, size } = trouble;
  return { kind, subject, since, open, fresh: 0, size, reason, message, first };
}
