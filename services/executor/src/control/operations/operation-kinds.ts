import type { OperationKind } from '#contracts';
import type { Pool } from '#database';
import type { EventSender, JournaledEvent } from './event-sender.ts';
import type { OperationRequest } from './operation-request.ts';
import { replayed, reservation, resumable, waiting, type Selection } from './selections.ts';

/** One event or key that an operation is about. */
export interface Item {
  /** Where it stands in the order of all of them. */
  readonly position: string;
}

/** How many of some items were begun, and with how many there was nothing to begin. */
export interface Released {
  readonly begun: number;
  readonly unneeded: number;
}

/** What operations of a kind do. */
export interface Kind<I extends Item = Item> {
  /** Called before the first item, and again after a crash. */
  prepare?(request: OperationRequest): Promise<unknown>;
  /** Called when no more items are begun. */
  cleanUp?(request: OperationRequest): Promise<unknown>;
  /** What they are about. */
  select(request: OperationRequest): Selection;
  /**
   * Begins with some items, in their order; may do so again after a crash.
   */
  release(items: readonly I[], request: OperationRequest, signal: AbortSignal): Promise<Released>;
  /** Whether each item has an outcome of its own, which the slow lane counts. */
  readonly hasOutcomes: boolean;
  /** Whether items begin at once, so that no more of them are begun while many have no outcome. */
  readonly beginsAtOnce: boolean;
}

interface WaitingKey extends Item {
  readonly key: string;
}

interface FailedEvent extends Item, JournaledEvent {
  /** Handlers with an open failure; null when only what was skipped is to run. */
  readonly handlerIds: readonly string[] | null;
}

// What another operation resumes has its outcome there, and what this one has resumed is not begun again.
const markFailures = `
  with marked as (
    update failures set operation_id = $1 from events
    where events.id = failures.journal_id and failures.journal_id = any($2) and events.resume_id is distinct from $1
      and coalesce(operation_id, $1) = $1
    returning journal_id
  )
  select distinct journal_id as id from marked`;

const unmarkFailures = 'update failures set operation_id = null where journal_id = any($2) and operation_id = $1';

// What another operation has asked for has its outcome there.
const markKeys = `
  with picked as (
    select key from deferral_keys where key = any($2) and coalesce(operation_id, $1) = $1 order by key for update
  ), given_up as (
    update deferrals set give_up = true
    where $3 and seq in (select min(seq) from deferrals join picked using (key) group by key)
  )
  update deferral_keys set operation_id = $1, reserved_by = null, due_at = least(due_at, now()) from picked
    where deferral_keys.key = picked.key`;

/** The kinds of operations. */
export function operationKinds(pool: Pool, sender: EventSender, onDue: () => void): Record<OperationKind, Kind> {
  const ofKeys = (giveUp: boolean): Kind<WaitingKey> => ({
    prepare: (request) => {
      const { text, values } = reservation(request);
      return pool.query(text, [...values]);
    },
    cleanUp: async ({ id }) => {
      await pool.query('update deferral_keys set reserved_by = null where reserved_by = $1', [id]);
      onDue();
    },
    select: waiting,
    release: async (items, { id }) => {
      const { rowCount } = await pool.query(markKeys, [id, items.map(({ key }) => key), giveUp]);
      onDue();
      return { begun: items.length, unneeded: items.length - rowCount! };
    },
    hasOutcomes: true,
    beginsAtOnce: true,
  });
  const replay: Kind<Item & JournaledEvent> = {
    select: replayed,
    release: async (items, request, signal) => ({ begun: await sender.replay(items, request, signal), unneeded: 0 }),
    hasOutcomes: false,
    beginsAtOnce: false,
  };
  const resume: Kind<FailedEvent> = {
    select: resumable,
    release: async (items, { id }, signal) => {
      const { rows } = await pool.query<{ id: string }>(markFailures, [id, items.map((item) => item.id)]);
      const marked = new Set(rows.map((row) => row.id));
      const unread: string[] = [];
      for (const { handlerIds, ...event } of items.filter((item) => marked.has(item.id))) {
        const sent = await sender.resume(event, { operationId: id, journalId: event.id, handlerIds }, signal);
        if (!sent) unread.push(event.id);
      }
      if (unread.length > 0) await pool.query(unmarkFailures, [id, unread]);
      return { begun: items.length, unneeded: items.length - marked.size + unread.length };
    },
    hasOutcomes: true,
    beginsAtOnce: false,
  };
  // Each is given only what its own selection has found.
  return { replay: replay, resume: resume, retry: ofKeys(false), skip: ofKeys(true) };
}
