import type { DataSource } from 'typeorm';
import type { DeferralReason } from '#contracts';
import { handlerIdOf } from '../deferrals/deferral-rows.ts';
import type { WaitingView } from './dto/waiting.dto.ts';

interface WaitingRow {
  key: string;
  detached: boolean;
  reason: DeferralReason;
  due_at: Date;
  handler_id: string;
  ahead: number;
}

/**
 * What an event waits for, or null when it does not. Of what waits on the side the next that is due, and only when
 * nothing else of the event waits.
 *
 * @param journalId The journal's id of the event.
 */
export async function waitingOf(dataSource: DataSource, journalId: string): Promise<WaitingView | null> {
  const [row] = await dataSource.query<WaitingRow[]>(
    `select own.key, detached, reason, due_at, handler_id,
       (select count(*)::integer from deferrals as before where before.key = own.key and before.seq < own.seq) as ahead
     from deferrals as own join deferral_keys on deferral_keys.key = own.key
     where journal_id = $1 order by detached, due_at limit 1`,
    [journalId],
  );
  if (!row) return null;
  const { key, detached, reason, due_at, handler_id, ahead } = row;
  return { key, detached, reason, dueAt: due_at.toISOString(), handlerId: handlerIdOf(handler_id), ahead };
}
