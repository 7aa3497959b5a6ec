import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { lowestIdAt, type ExecutionStatus } from '#contracts';
import { report } from '#orm';
import type { HandlerOutcomesList, HandlerOutcomesView } from './dto/outcomes.dto.ts';
import { JournalCounts } from './journal-counts.ts';
import { SharedAnswer } from './shared-answer.ts';
import { noCounts, sumOf, type StatusCounts } from './status-counts.ts';

/** Each day further back is another table to look into, for every handler. */
const lastWithinMs = 30 * 24 * 3_600_000;

interface LastAttemptRow {
  id: string;
  status: ExecutionStatus | null;
  reason: string | null;
  started_at: Date | null;
}

/** How each handler fared in the last day. */
@Injectable()
export class HandlerOutcomes {
  readonly #dataSource: DataSource;
  readonly #counts: JournalCounts;
  readonly #all = new SharedAnswer(() => this.#look());

  constructor(dataSource: DataSource, counts: JournalCounts) {
    this.#dataSource = dataSource;
    this.#counts = counts;
  }

  /**
   * As it was some seconds ago at most.
   *
   * @param ids Of the handlers that are asked for; undefined: all that are not archived. What is no such handler is
   * left out.
   */
  async get(ids: readonly string[] | undefined): Promise<HandlerOutcomesList> {
    const all = await this.#all.get();
    if (ids === undefined) return all;
    const { asOf, from, items } = all;
    const wanted = new Set(ids.map((id) => id.toLowerCase()));
    return { asOf, from, items: items.filter(({ handlerId }) => wanted.has(handlerId)) };
  }

  async #look(): Promise<HandlerOutcomesList> {
    const { asOf, window, byHandler } = await this.#counts.executions('day');
    const rows = await report<LastAttemptRow[]>(
      this.#dataSource,
      `select handlers.id, last.status, last.reason, last.started_at
       from handlers left join lateral (
         select status, reason, started_at from attempts
         where handler_id = handlers.id and attempts.id >= $1 and not test order by attempts.id desc limit 1
       ) as last on true
       where handlers.status <> 'archived' order by handlers.id`,
      [lowestIdAt(asOf.getTime() - lastWithinMs)],
    );
    const idle = window.starts.map(noCounts);
    return {
      asOf: asOf.toISOString(),
      from: new Date(window.starts[0]!).toISOString(),
      items: rows.map((row) => outcomesView(row, byHandler.get(row.id) ?? idle)),
    };
  }
}

function outcomesView(
  { id, status, reason, started_at }: LastAttemptRow,
  parts: readonly StatusCounts[],
): HandlerOutcomesView {
  const { succeeded, failed } = sumOf(parts);
  return {
    handlerId: id,
    last: status && started_at ? { status, at: started_at.toISOString(), reason } : null,
    succeeded,
    failed,
    hours: parts.map((part) => ({ succeeded: part.succeeded, failed: part.failed })),
  };
}
