import { Injectable } from '@nestjs/common';
import { isUuid, type ExecutionStatus } from '#contracts';
import { DatabaseClock } from '#database';
import { columnList, ofAttempts, type AttemptRecord } from '#journal';
import { Redaction } from '#redaction';
import { TextMatch } from '#search';
import { Conditions } from '../conditions.ts';
import { addIdBounds } from '../time-bounds.ts';
import type { SearchSession } from './search-session.ts';

const dayMs = 24 * 3_600_000;

/** When the attempts began whose texts are searched. */
export interface SearchPeriod {
  readonly from: Date;
  readonly to: Date | undefined;
}

/** An attempt with the text. */
export type FoundAttempt = Pick<AttemptRecord, 'id' | 'event_id' | 'execution_id'>;

/** More than a person reads; what is older is found in a shorter period. */
const mostFound = 1_000;
/** Attempts whose texts are fetched at a time, and the bytes of answers at which that stops early. */
const chunk = { attempts: 2_000, bytes: 4 * 1024 * 1024 };

const looked = ofAttempts('id', 'event_id', 'execution_id', 'message', 'response');
type LookedAttempt = Pick<AttemptRecord, (typeof looked)[number]>;

/** An attempt that was skipped for its condition was never made. */
const statuses = ['failed', 'waiting'] as const satisfies readonly ExecutionStatus[];

/**
 * Searches the texts of attempts that did not succeed, the newest first. The texts are compared here and not in the
 * database, which keeps them as received: a match counts on what redaction leaves of a text.
 */
@Injectable()
export class AttemptSearch {
  readonly #redaction: Redaction;
  readonly #clock: DatabaseClock;

  constructor(redaction: Redaction, clock: DatabaseClock) {
    this.#redaction = redaction;
    this.#clock = clock;
  }

  /** The period of a list. Without a beginning it is a day: all of the journal would take minutes. */
  period(from: Date | undefined, to: Date | undefined): SearchPeriod {
    return { from: from ?? new Date((to ?? this.#clock.date()).getTime() - dayMs), to };
  }

  /**
   * The newest attempts that have a text, at most one thousand; none where the text is the id of an event or an
   * execution, which is what is meant then: reading a day for it would take a hundred times as long.
   *
   * @param before Only attempts with lower ids.
   * @throws {SearchTooLong}
   */
  async find(
    text: string,
    { from, to }: SearchPeriod,
    session: SearchSession,
    before?: string,
  ): Promise<FoundAttempt[]> {
    if (isUuid(text) && (await isKnownId(text, session))) return [];
    const match = new TextMatch(text, this.#redaction);
    const found: FoundAttempt[] = [];
    const read = (last: string | undefined): Promise<LookedAttempt[]> => session.ask(...chunkStatement(from, to, last));
    let rows = await read(before);
    while (rows.length > 0 && found.length < mostFound) {
      // The database reads on while the texts are looked at.
      const next = read(rows.at(-1)!.id);
      next.catch(() => {});
      for (const row of rows) if (match.matches(row)) found.push(row);
      rows = await next;
    }
    return found.slice(0, mostFound);
  }
}

/** @param id A UUID, as billing's events may have as well. */
async function isKnownId(id: string, session: SearchSession): Promise<boolean> {
  const events = await session.ask('select from events where event_id = $1 limit 1', [id]);
  return events.length > 0 || (await executionWith(id, session)) !== undefined;
}

/** An attempt of an execution. Its index points to stretches of the table, and is read as a bitmap. */
export async function executionWith(id: string, session: SearchSession): Promise<FoundAttempt | undefined> {
  await session.ask('set local enable_bitmapscan = on');
  const [attempt] = await session.ask<FoundAttempt>(
    'select id, event_id, execution_id from attempts where execution_id = $1 limit 1',
    [id],
  );
  await session.ask('set local enable_bitmapscan = off');
  return attempt;
}

/**
 * The newest attempts of a period, as many as their answers are not too long altogether, and one in any case. Each
 * status is asked for alone: that is how their index has them in the order of the ids. Lengths are known without
 * reading the answers.
 */
function chunkStatement(
  from: Date,
  to: Date | undefined,
  before: string | undefined,
): [text: string, values: unknown[]] {
  const period = new Conditions().add(before, (id) => `id < ${id}`);
  addIdBounds(period, 'id', from, to);
  // The status stands in the text, since its index is for some statuses only.
  const newest = statuses.map(
    (status) => `(select ${columnList(looked)} from attempts ${period.where} and status = '${status}'
      order by id desc limit ${chunk.attempts})`,
  );
  const statement = `select ${columnList(looked)} from (
      select ${columnList(looked)}, sum(octet_length(response)) over (order by id desc) - octet_length(response) as before
      from (${newest.join(' union all ')} order by id desc limit ${chunk.attempts}) as newest
    ) as attempt where before < ${chunk.bytes} order by id desc`;
  return [statement, period.values];
}
