import { hostname } from 'node:os';
import { heartbeatIntervalMs, heartbeatLifeSeconds, version, type CircuitReport, type ScriptReport } from '#contracts';
import type { DatabaseClock, Pool } from '#database';
import type { Logger } from '#observability';

/** What changes from one heartbeat to the next. */
export interface Pulse {
  revision: number;
  partitions: Record<string, string>;
  inFlight: number;
  /** Whether it takes every event from the intake, with no detour by the partitions. */
  direct: boolean;
  circuits: CircuitReport[];
  /** The same object until it changes; undefined while it is not known. */
  scripts: ScriptReport | undefined;
}

export interface HeartbeatParts {
  pool: Pool;
  executorId: string;
  /** How many partitions there are by the settings. */
  partitionCount: number;
  clock: DatabaseClock;
  read: () => Pulse;
  /** Called when an executor has joined or left, this one included. */
  onMembership: () => void;
  logger: Logger;
}

/** A row this old belongs to an executor that crashed. It stays until a notice has told of it. */
const forgottenAfter = '1 hour';
const forgetStatement = `delete from executors where heartbeat_at < now() - $1::interval
  and exists (select from troubles where kind = 'executor' and subject_type = 'executor'
    and subject_id = executors.id::text)`;

const upsertStatement = `
  insert into executors (id, host, pid, version, started_at, heartbeat_at, revision, revision_at, partitions, in_flight,
    circuits, clock_skew_ms, direct, draining, partition_count)
  values ($1, $2, $3, $4, $5, now(), $6, $7, $8, $9, $10, $11, $12, $13, $14)
  on conflict (id) do update set heartbeat_at = now(), revision = excluded.revision, revision_at = excluded.revision_at,
    partitions = excluded.partitions, in_flight = excluded.in_flight, circuits = excluded.circuits,
    clock_skew_ms = excluded.clock_skew_ms, direct = excluded.direct, draining = excluded.draining
  returning scripts is null as "lacksScripts"`;

/** Apart, since they are large and seldom change. */
const scriptsStatement = 'update executors set scripts = $2 where id = $1';

const runningStatement = `
  select string_agg(id::text, ',' order by id) as ids from executors
    where heartbeat_at > now() - make_interval(secs => $1)`;

/** Writes the executor's row, so that others can see that it runs, and what. */
export class Heartbeat {
  readonly #pool: Pool;
  readonly #executorId: string;
  readonly #partitionCount: number;
  readonly #clock: DatabaseClock;
  readonly #read: () => Pulse;
  readonly #onMembership: () => void;
  readonly #logger: Logger;
  #startedAt: Date | undefined;
  #revision: { number: number; at: Date } | undefined;
  #running: string | undefined;
  #writtenScripts: ScriptReport | undefined;
  #timer: NodeJS.Timeout | undefined;
  #draining = false;
  #beating: Promise<void> = Promise.resolve();

  constructor({ pool, executorId, partitionCount, clock, read, onMembership, logger }: HeartbeatParts) {
    this.#pool = pool;
    this.#executorId = executorId;
    this.#partitionCount = partitionCount;
    this.#clock = clock;
    this.#read = read;
    this.#onMembership = onMembership;
    this.#logger = logger;
  }

  start(): void {
    this.#timer = setInterval(() => this.beat(), heartbeatIntervalMs);
    this.beat();
  }

  /** Writes at once, for what should be seen at once; not before the start. One write follows another. */
  beat(): void {
    if (!this.#timer) return;
    this.#beating = this.#beating
      .then(() => this.#write())
      .catch((error: unknown) => {
        this.#logger.warn({ err: error }, 'failed to write heartbeat; retrying');
      });
  }

  /** Reports that the executor is stopping, and finishes what it has. */
  drain(): void {
    this.#draining = true;
    this.beat();
  }

  /** Deletes the row, so that this executor no longer counts as running. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#beating;
    await this.#pool.query('delete from executors where id = $1', [this.#executorId]);
  }

  async #write(): Promise<void> {
    const { revision, partitions, inFlight, direct, circuits, scripts } = this.#read();
    this.#startedAt ??= this.#clock.date();
    if (revision !== this.#revision?.number) this.#revision = { number: revision, at: this.#clock.date() };
    const identity = [this.#executorId, hostname(), process.pid, version, this.#startedAt];
    const pulse = [revision, this.#revision.at, JSON.stringify(partitions), inFlight, JSON.stringify(circuits)];
    const values = [...identity, ...pulse, this.#clock.skewMs, direct, this.#draining, this.#partitionCount];
    const written = await this.#pool.query<{ lacksScripts: boolean }>(upsertStatement, values);
    await this.#writeScripts(scripts, written.rows[0]?.lacksScripts ?? false);
    await this.#pool.query(forgetStatement, [forgottenAfter]);
    const { rows } = await this.#pool.query<{ ids: string | null }>(runningStatement, [heartbeatLifeSeconds]);
    const running = rows[0]?.ids ?? '';
    if (running === this.#running) return;
    this.#running = running;
    this.#onMembership();
  }

  /** @param isLacking True for a new row, also for one that was deleted and is created again. */
  async #writeScripts(scripts: ScriptReport | undefined, isLacking: boolean): Promise<void> {
    if (scripts === undefined || (scripts === this.#writtenScripts && !isLacking)) return;
    await this.#pool.query(scriptsStatement, [this.#executorId, JSON.stringify(scripts)]);
    this.#writtenScripts = scripts;
  }
}
