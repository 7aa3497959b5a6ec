import type { Kept } from '#conditions';
import { lowestIdAt, type EventStatus, type Reached, type TaskType } from '#contracts';
import { GroupCommit, untilAnswered, WorkWatch, type Now, type Pool } from '#database';
import type { Logger } from '#observability';
import { slackMs } from '#journal';
import { binaryArray } from './journal-statement.ts';
import type { KnownExecution, KnownExecutions, Run } from './run.ts';

/** What is known of an event that arrives. */
export interface KnownEvent {
  /** Where the event stands, or undefined when the journal has not got it. */
  readonly status: EventStatus | undefined;
  /** Its executions, when they were asked for. */
  readonly executions: KnownExecutions;
  /** Whether an event of its key waits. */
  readonly keyWaits: boolean;
}

interface EventIdentity {
  readonly eventId: string;
  /** A replay of an event has nothing to do with the event itself. */
  readonly replayId: string | null;
}

interface ExecutionsQuestion extends EventIdentity {
  /** When the first of its attempts may have been made, milliseconds since 1970. */
  readonly sinceMs: number;
}

interface EventQuestion extends EventIdentity {
  readonly partitionKey: string;
  /** Whether the event may have been begun before: then its executions are asked for, too. */
  readonly repeated: boolean;
}

// Of several rows of an event the oldest counts: later ones record that it came again.
const seen = `select distinct on (event_id, replay_id) event_id, replay_id, status from events
  where event_id = any($1) and id >= $2 and not test order by event_id, replay_id, id`;

const gateStatement = {
  name: 'gate',
  text: `select event_id, replay_id, status, null as key from (${seen}) as seen
    union all select null, null, null, key from deferral_keys where key = any($3)`,
};

const seenStatement = { name: 'seen', text: seen };

// Attempts that do not count share their number with the next one. A closing record is no attempt.
const executionsStatement = {
  name: 'known-executions',
  text: `select distinct on (event_id, replay_id, handler_id) event_id, replay_id, handler_id, task_type, position,
    status,
      next_attempt_at, kept, number - (not counted)::integer as attempts,
      case when bool_or(reached = 'maybe') over execution then 'maybe'
        when bool_or(reached = 'yes') over execution then 'yes' else 'no' end as reached
    from attempts where event_id = any($1) and id >= $2 and not test
    window execution as (partition by event_id, replay_id, handler_id)
    order by event_id, replay_id, handler_id, id desc`,
};

/**
 * Far longer than a message is left unacknowledged, or an event waits, so that all attempts are found that were made
 * for it.
 */
const redeliveryMs = 7 * 24 * 3_600_000;

interface GateRow {
  event_id: string;
  replay_id: string | null;
  status: EventStatus;
  key: string | null;
}

interface ExecutionRow {
  event_id: string;
  replay_id: string | null;
  handler_id: string;
  task_type: TaskType;
  position: number;
  status: KnownExecution['status'];
  attempts: number;
  reached: Reached;
  next_attempt_at: Date | null;
  kept: string | null;
}

type Executions = Map<string, KnownExecution>;

export const nothingKnown: KnownExecutions = new Map();

type Occurrence = Pick<Run, 'event' | 'replay'>;

const batchOptions = { maxItems: 500 };

/**
 * Answers the gate from the journal and the slow lane. All questions that arrive while an answer is in flight share the
 * next one. While the database is down, the questions wait.
 */
export class JournalLookup {
  readonly #arrivals = new GroupCommit<EventQuestion, KnownEvent>((asked) => this.lookUp(asked), batchOptions);
  readonly #resumed = new GroupCommit<ExecutionsQuestion, KnownExecutions>((asked) => this.#known(asked), batchOptions);
  readonly #pool: Pool;
  readonly #windowMs: number;
  readonly #now: Now;
  readonly #logger: Logger;
  /** How the answers get on. */
  readonly watch = new WorkWatch('answer');

  /**
   * @param windowMs How long an event id is remembered, milliseconds.
   * @param now The database's clock.
   */
  constructor(pool: Pool, windowMs: number, now: Now, logger: Logger) {
    this.#pool = pool;
    this.#windowMs = windowMs;
    this.#now = now;
    this.#logger = logger;
  }

  /**
   * What is known of an event that arrives.
   *
   * @param repeated Whether the broker may have handed this very message out before.
   */
  ask({ event, replay }: Occurrence, repeated: boolean): Promise<KnownEvent> {
    const { id: eventId, partitionKey } = event;
    return this.#arrivals.ask({ eventId, replayId: replay?.id ?? null, partitionKey, repeated });
  }

  /** What was done of an event that the slow lane continues; one that had failed may be as old as the journal. */
  executionsOf({ event, replay, resumed, receivedAt }: Run): Promise<KnownExecutions> {
    const sinceMs = Math.min(this.#now() - redeliveryMs, resumed ? receivedAt.getTime() - slackMs : Infinity);
    return this.#resumed.ask({ eventId: event.id, replayId: replay?.id ?? null, sinceMs });
  }

  /** As {@link ask}, for many; the answers are in the order asked. */
  lookUp(questions: readonly EventQuestion[]): Promise<readonly KnownEvent[]> {
    return this.#answered(questions.length, () => this.#seenBefore(questions));
  }

  #known(events: readonly ExecutionsQuestion[]): Promise<readonly KnownExecutions[]> {
    const sinceMs = Math.min(...events.map((event) => event.sinceMs));
    return this.#answered(events.length, async () => {
      const executions = await this.#executions(
        events.map(({ eventId }) => eventId),
        sinceMs,
      );
      return events.map((event) => executions.get(identity(event)) ?? nothingKnown);
    });
  }

  #answered<T>(events: number, ask: () => Promise<T>): Promise<T> {
    const waits = (error: unknown) => this.#logger.warn({ err: error, events }, 'events are waiting for the database');
    return this.watch.during(() => untilAnswered(ask, waits));
  }

  async #seenBefore(questions: readonly EventQuestion[]): Promise<KnownEvent[]> {
    const repeated = questions.filter((question) => question.repeated).map(({ eventId }) => eventId);
    const { statuses, waiting } = await this.#askGate(questions);
    const [older, executions] =
      repeated.length > 0
        ? [await this.#seen(repeated), await this.#executions(repeated, this.#now() - redeliveryMs)]
        : [new Map<string, EventStatus>(), new Map<string, Executions>()];
    return questions.map((question) => {
      const id = identity(question);
      return {
        status: statuses.get(id) ?? (question.repeated ? older.get(id) : undefined),
        executions: executions.get(id) ?? nothingKnown,
        keyWaits: waiting.has(question.partitionKey),
      };
    });
  }

  async #askGate(
    questions: readonly EventQuestion[],
  ): Promise<{ statuses: Map<string, EventStatus>; waiting: Set<string> }> {
    const textsOf = (of: (question: EventQuestion) => string) => binaryArray('text', questions.map(of));
    const ids = textsOf(({ eventId }) => eventId);
    const keys = textsOf(({ partitionKey }) => partitionKey);
    const { rows } = await this.#pool.query<GateRow>({
      ...gateStatement,
      values: [ids, this.#since(this.#windowMs), keys],
    });
    const statuses = rows.filter(({ key }) => key === null).map((row) => [rowIdentity(row), row.status] as const);
    return { statuses: new Map(statuses), waiting: new Set(rows.flatMap(({ key }) => key ?? [])) };
  }

  /** A message that comes again is recognised for longer than an id is remembered. */
  async #seen(ids: string[]): Promise<Map<string, EventStatus>> {
    const { rows } = await this.#pool.query<GateRow>({ ...seenStatement, values: [ids, this.#since(redeliveryMs)] });
    return new Map(rows.map((row) => [rowIdentity(row), row.status]));
  }

  async #executions(ids: string[], sinceMs: number): Promise<Map<string, Executions>> {
    const values = [ids, lowestIdAt(sinceMs)];
    const { rows } = await this.#pool.query<ExecutionRow>({ ...executionsStatement, values });
    const byEvent = new Map<string, Executions>();
    for (const row of rows) {
      const { status, attempts, reached, next_attempt_at, task_type: taskType, position } = row;
      const kept = row.kept === null ? undefined : (JSON.parse(row.kept) as Kept);
      const ofEvent = byEvent.get(rowIdentity(row)) ?? new Map<string, KnownExecution>();
      const dueAt = next_attempt_at?.getTime();
      ofEvent.set(row.handler_id, { status, attempts, reached, dueAt, taskType, position, kept });
      byEvent.set(rowIdentity(row), ofEvent);
    }
    return byEvent;
  }

  /** By id, since that is what the days of the journal are divided by: older ones are not looked at. */
  #since(milliseconds: number): string {
    return lowestIdAt(this.#now() - milliseconds);
  }
}

/** Neither id has a line break in it. */
function identity({ eventId, replayId }: EventIdentity): string {
  return `${eventId}\n${replayId ?? ''}`;
}

function rowIdentity(row: { event_id: string; replay_id: string | null }): string {
  return identity({ eventId: row.event_id, replayId: row.replay_id });
}
