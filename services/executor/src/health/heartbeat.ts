import { hostname } from 'node:os';
import { heartbeatIntervalMs, heartbeatLifeSeconds, version, type CircuitReport } from '#contracts';
import type { Pool } from '#database';
import type { Logger } from '#observability';

/** What changes from one heartbeat to the next. */
export interface Pulse {
  revision: number;
  partitions: Record<string, string>;
  inFlight: number;
  circuits: CircuitReport[];
}

/** A row this old belongs to an executor that died without a word. */
const forgottenAfter = '1 hour';

const upsertStatement = `
  insert into executors (id, host, pid, version, started_at, heartbeat_at, revision, revision_at, partitions, in_flight,
    circuits)
  values ($1, $2, $3, $4, $5, now(), $6, $7, $8, $9, $10)
  on conflict (id) do update set heartbeat_at = now(), revision = excluded.revision, revision_at = excluded.revision_at,
    partitions = excluded.partitions, in_flight = excluded.in_flight, circuits = excluded.circuits`;

const runningStatement = `
  select string_agg(id::text, ',' order by id) as ids from executors where heartbeat_at > now() - make_interval(secs => $1)`;

/** Writes the executor's row, so that others can see that it runs, and what. */
export class Heartbeat {
  readonly #pool: Pool;
  readonly #executorId: string;
  readonly #read: () => Pulse;
  readonly #onMembership: () => void;
  readonly #logger: Logger;
  readonly #startedAt = new Date();
  #revision: { number: number; at: Date } = { number: 0, at: this.#startedAt };
  #running: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #beating: Promise<void> = Promise.resolve();

  /** @param onMembership Called when an executor has joined or left, this one included. */
  constructor(pool: Pool, executorId: string, read: () => Pulse, onMembership: () => void, logger: Logger) {
    this.#pool = pool;
    this.#executorId = executorId;
    this.#read = read;
    this.#onMembership = onMembership;
    this.#logger = logger;
  }

  start(): void {
    this.#timer = setInterval(() => this.beat(), heartbeatIntervalMs);
    this.beat();
  }

  /** Writes at once, for what should be seen at once. One write follows another. */
  beat(): void {
    this.#beating = this.#beating
      .then(() => this.#write())
      .catch((error: unknown) => {
        this.#logger.warn({ err: error }, 'the heartbeat could not be written');
      });
  }

  /** Takes the row away: whoever asks which executors run is not told of this one any more. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#beating;
    await this.#pool.query('delete from executors where id = $1', [this.#executorId]);
  }

  async #write(): Promise<void> {
    const { revision, partitions, inFlight, circuits } = this.#read();
    if (revision !== this.#revision.number) this.#revision = { number: revision, at: new Date() };
    const identity = [this.#executorId, hostname(), process.pid, version, this.#startedAt];
    const pulse = [revision, this.#revision.at, JSON.stringify(partitions), inFlight, JSON.stringify(circuits)];
    await this.#pool.query(upsertStatement, [...identity, ...pulse]);
    await this.#pool.query('delete from executors where heartbeat_at < now() - $1::interval', [forgottenAfter]);
    const { rows } = await this.#pool.query<{ ids: string | null }>(runningStatement, [heartbeatLifeSeconds]);
    const running = rows[0]?.ids ?? '';
    if (running === this.#running) return;
    this.#running = running;
    this.#onMembership();
  }
}
