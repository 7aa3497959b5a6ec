import type { DataSource } from 'typeorm';
import { report } from '#orm';
import type { Conditions } from '../journal/conditions.ts';
import type { FailureGroupView } from './dto/failure-group.dto.ts';

interface GroupRow {
  handler_id: string;
  handler_name: string | null;
  reason: string;
  open: number;
  maybe: number;
  keys: number;
  oldest_at: Date;
  newest_at: Date;
}

/**
 * Groups failures by handler and reason, the largest group first.
 *
 * @param conditions On rows of `failures`.
 */
export async function failureGroups(dataSource: DataSource, conditions: Conditions): Promise<FailureGroupView[]> {
  const rows = await report<GroupRow[]>(
    dataSource,
    `select handler_id, handlers.name as handler_name, reason, open, maybe, keys, oldest_at, newest_at
     from (
       select handler_id, reason, count(*)::integer as open,
         (count(*) filter (where reached = 'maybe'))::integer as maybe,
         count(distinct partition_key)::integer as keys, min(failed_at) as oldest_at, max(failed_at) as newest_at
       from failures ${conditions.where} group by handler_id, reason
     ) as grouped
     left join handlers on handlers.id = handler_id
     order by open desc, newest_at desc, handler_id, reason`,
    conditions.values,
  );
  return rows.map(groupView);
}

function groupView(row: GroupRow): FailureGroupView {
  return {
    handlerId: row.handler_id,
    handlerName: row.handler_name,
    reason: row.reason,
    open: row.open,
    maybe: row.maybe,
    keys: row.keys,
    oldestAt: row.oldest_at.toISOString(),
    newestAt: row.newest_at.toISOString(),
  };
}
