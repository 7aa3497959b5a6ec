import { setTimeout as delay } from 'node:timers/promises';
import { v4 as uuidv4, v7 as uuidv7 } from 'uuid';
import { noticeKey, noticesOf, parseDuration, type TroubleKind } from '#contracts';
import { inTransaction, Lease, Leases, leaseTerms, type LeasedTable, type Pool, type PoolClient } from '#database';
import type { Logger } from '#observability';
import { circuitFindings } from './circuit-findings.ts';
import { executorFindings } from './executor-findings.ts';
import { failureFindings } from './failure-findings.ts';
import { keyFindings } from './key-findings.ts';
import { noticeBody, noticeOf, type NoticeStyle, type OutgoingNotice } from './notice-body.ts';
import type { StoredNotice } from './notice-sender.ts';
import { rejectedFindings } from './rejected-findings.ts';
import { nextTrouble, type Finding, type Trouble } from './trouble.ts';
import { storeTroubles, troubleKey, troublesOf, troublesUnderWay } from './trouble-rows.ts';

/** How often to look for troubles. */
const lookEveryMs = 1_000;
/** How often an executor that does not look tries to take over. */
const tryEveryMs = 5_000;
/** How often to look for keys that are stuck: there may be many, and they have waited for minutes. */
const lookAtKeysEveryMs = 5_000;
/**
 * Others count as lost only after the database has answered for this time: when it was away, all heartbeats are old.
 */
const steadyMs = 10_000;
/** How often rows are deleted that are of no more use. */
const tidyEveryMs = 600_000;
/** Notices that are sent in a row, between two looks. */
const mostPerLook = 100;
/** How long a stop waits for what is being sent or written. */
const lastWordsMs = 5_000;

const watchRow = { table: 'notice_watch', key: 'id', keyType: 'text' } as const satisfies LeasedTable;
const rowId = 'notices';

const takeStatement = `update notice_watch set ${leaseTerms.take('$1')} where lease_id = $1 or ${leaseTerms.isFree}`;
const releaseStatement = `update notice_watch set ${leaseTerms.giveBack} where lease_id = $1`;
const lockStatement = 'select now() as now from notice_watch where lease_id = $1 for update';

const tellStatement = {
  name: 'store-notices',
  text: `insert into notices (id, type, subject_type, subject_id, told_at, body)
    select id, type, subject_type, subject_id, $2, body
    from json_to_recordset($1::json) as n (position integer, id text, type text, subject_type text, subject_id text,
      body text)
    order by position`,
};
const lastingStatement = {
  name: 'times-that-troubles-last',
  text: `select distinct event, lasting from handlers where lasting is not null and status = 'enabled'`,
};
const unsentStatement = {
  name: 'unsent-notices',
  text: `select id, type, body from notices where sent_at is null order by seq limit ${mostPerLook}`,
};
const sentStatement = { name: 'notice-sent', text: 'update notices set sent_at = now() where id = $1' };

const forgetTroubles = `delete from troubles
  where not open and not told and untold = 0
    and changed_at < now() - make_interval(secs => $1::double precision / 1000)`;
const forgetNotices = `delete from notices
  where sent_at < now() - make_interval(secs => $1::double precision / 1000)`;
/** For so long at least a trouble is remembered that is over. */
const memoryMs = 24 * 3_600_000;

export interface NoticeWatchParts {
  pool: Pool;
  sender: { send(notice: StoredNotice): Promise<void> };
  style: NoticeStyle;
  /** Between two notices of one kind about one subject. */
  intervalMs: number;
  keyStuckAfterMs: number;
  /** How long notices are kept. */
  retentionMs: number;
  logger: Logger;
  /** Told of each notice that the broker has taken, by its type. */
  onSent?: (type: string) => void;
}

/**
 * Finds troubles in the rows of the database, and sends notices. Of several executors one does, under a lease. A notice
 * is written in the transaction that counts its failures, keys or messages, and sent afterwards; after a crash it is
 * sent again, with the same id.
 */
export class NoticeWatch {
  readonly #parts: NoticeWatchParts;
  readonly #leases: Leases;
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;
  #lease: Lease | undefined;
  #steadySince: number | undefined;
  #keysLookedAt = -Infinity;
  #tidiedAt = -Infinity;
  #isWaitingForBroker = false;

  constructor(parts: NoticeWatchParts) {
    this.#parts = parts;
    this.#leases = new Leases(parts.pool, watchRow, (error) =>
      parts.logger.warn({ err: error }, 'failed to renew the lease of the notices'),
    );
  }

  /** Begins to look; does nothing when called again, or after a stop. */
  start(): void {
    if (this.#isStopping() || this.#running) return;
    this.#leases.start();
    this.#running = this.#run();
  }

  /** Leaves the looking to another executor. May be called again. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.race([this.#running, delay(lastWordsMs, undefined, { ref: false })]);
    this.#leases.stop();
  }

  async #run(): Promise<void> {
    while (!this.#isStopping()) {
      try {
        await this.#takeTurn();
        this.#steadySince ??= performance.now();
      } catch (error) {
        this.#steadySince = undefined;
        if (!this.#isStopping()) this.#parts.logger.warn({ err: error }, 'failed to look for troubles; retrying');
      }
      await delay(this.#lease ? lookEveryMs : tryEveryMs, undefined, { signal: this.#stopping.signal }).catch(
        () => undefined,
      );
    }
    await this.#giveBack().catch(() => undefined);
  }

  async #takeTurn(): Promise<void> {
    this.#lease?.check();
    if (this.#lease?.signal.aborted) this.#endLease();
    this.#lease ??= await this.#take();
    const lease = this.#lease;
    if (!lease) return;
    const isOurs = await this.#look(lease);
    if (!isOurs) {
      this.#endLease();
      return;
    }
    await this.#send(lease);
    await this.#tidy();
  }

  async #take(): Promise<Lease | undefined> {
    const id = uuidv4();
    const askedAt = performance.now();
    const { rowCount } = await this.#parts.pool.query(takeStatement, [id]);
    return rowCount === 1 ? new Lease(this.#leases, id, rowId, askedAt) : undefined;
  }

  #endLease(): void {
    this.#lease?.end();
    this.#lease = undefined;
  }

  async #giveBack(): Promise<void> {
    const lease = this.#lease;
    this.#endLease();
    if (lease) await this.#parts.pool.query(releaseStatement, [lease.id]);
  }

  /** @returns Whether the lease held: otherwise nothing was changed. */
  async #look(lease: Lease): Promise<boolean> {
    const { pool, intervalMs, style, logger } = this.#parts;
    const looksAtKeys =
      performance.now() - this.#keysLookedAt >= Math.min(lookAtKeysEveryMs, this.#parts.keyStuckAfterMs);
    const told = await inTransaction(pool, async (client) => {
      const { rows } = await client.query<{ now: Date }>(lockStatement, [lease.id]);
      const now = rows[0]?.now;
      if (!now) return undefined;
      const findings = await this.#find(client, now, looksAtKeys);
      const lastings = await lastingsOf(client, findings);
      const known = new Map((await troublesOf(client, findings)).map((trouble) => [troubleKey(trouble), trouble]));
      const changed: Trouble[] = [];
      const notices: OutgoingNotice[] = [];
      for (const found of findings) {
        const before = known.get(troubleKey(found));
        const { trouble, tell } = nextTrouble(before, found, {
          id: uuidv7(),
          now,
          intervalMs,
          lastings: lastings.get(noticesOf[found.kind].begins) ?? [],
        });
        if (!before || isChanged(before, trouble)) changed.push(trouble);
        notices.push(...tell.flatMap((telling) => noticeOf(trouble, telling, style) ?? []));
      }
      await storeTroubles(client, changed);
      await storeNotices(client, notices, now);
      return notices;
    });
    if (!told) return false;
    if (looksAtKeys) this.#keysLookedAt = performance.now();
    for (const { id, type, data } of told) {
      logger.info({ noticeId: id, type, subject: noticeKey(data.subject), count: data.count }, 'notice written');
    }
    return true;
  }

  async #find(client: PoolClient, now: Date, looksAtKeys: boolean): Promise<Finding[]> {
    const underWay = Map.groupBy(await troublesUnderWay(client), ({ kind }) => kind);
    const of = (kind: TroubleKind) => underWay.get(kind) ?? [];
    const isSteady = performance.now() - (this.#steadySince ?? performance.now()) >= steadyMs;
    return [
      ...(await failureFindings(client, of('failure'))),
      ...(await rejectedFindings(client, of('rejected'))),
      ...(await circuitFindings(client, of('circuit'), now)),
      ...(looksAtKeys ? await keyFindings(client, of('key'), this.#parts.keyStuckAfterMs) : []),
      ...(isSteady ? await executorFindings(client, of('executor')) : []),
    ];
  }

  /** In their order; what cannot be sent now is sent after the next look. */
  async #send(lease: Lease): Promise<void> {
    const { pool, sender, logger, onSent } = this.#parts;
    const { rows } = await pool.query<StoredNotice>(unsentStatement);
    for (const notice of rows) {
      if (this.#isStopping() || lease.signal.aborted) return;
      try {
        await sender.send(notice);
      } catch (error) {
        if (!this.#isWaitingForBroker)
          logger.warn({ err: error, noticeId: notice.id }, 'notices are waiting for RabbitMQ');
        this.#isWaitingForBroker = true;
        return;
      }
      this.#isWaitingForBroker = false;
      await pool.query({ ...sentStatement, values: [notice.id] });
      onSent?.(notice.type);
    }
  }

  async #tidy(): Promise<void> {
    if (performance.now() - this.#tidiedAt < tidyEveryMs) return;
    const { pool, intervalMs, retentionMs } = this.#parts;
    await pool.query(forgetTroubles, [Math.max(intervalMs, memoryMs)]);
    await pool.query(forgetNotices, [retentionMs]);
    this.#tidiedAt = performance.now();
  }

  #isStopping(): boolean {
    return this.#stopping.signal.aborted;
  }
}

/** The times that handlers wait for troubles to last, milliseconds, by the type of the notice. */
async function lastingsOf(client: PoolClient, findings: readonly Finding[]): Promise<Map<string, number[]>> {
  if (!findings.some(({ open }) => open)) return new Map();
  const { rows } = await client.query<{ event: string; lasting: string }>(lastingStatement);
  const times = Map.groupBy(rows, ({ event }) => event);
  return new Map([...times].map(([event, of]) => [event, of.map(({ lasting }) => parseDuration(lasting) ?? 0)]));
}

async function storeNotices(client: PoolClient, notices: readonly OutgoingNotice[], now: Date): Promise<void> {
  if (notices.length === 0) return;
  const rows = notices.map((notice, position) => ({
    position,
    id: notice.id,
    type: notice.type,
    subject_type: notice.data.subject.type,
    subject_id: notice.data.subject.id,
    body: noticeBody(notice, now),
  }));
  await client.query({ ...tellStatement, values: [JSON.stringify(rows), now] });
}

/** Most of what goes on is as it was a second ago. */
function isChanged(before: Trouble, after: Trouble): boolean {
  return JSON.stringify(before) !== JSON.stringify(after);
}
