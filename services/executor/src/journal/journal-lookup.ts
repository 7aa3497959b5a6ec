import type { EventStatus } from '#contracts';
import { lowestIdAt, untilAnswered, type Pool } from '#database';
import type { Logger } from '#observability';
import type { EventLookup, EventQuestion, KnownEvent, KnownExecution } from '../dispatch/gate.ts';

// The oldest row counts: later ones record that the event came again.
const eventsStatement = {
  name: 'known-events',
  text: `select distinct on (event_id) event_id, status from events
    where event_id = any($1) and id >= $2
    order by event_id, id`,
};

const executionsStatement = {
  name: 'known-executions',
  text: `select distinct on (event_id, handler_id) event_id, handler_id, status, number from attempts
    where event_id = any($1) and id >= $2 order by event_id, handler_id, number desc, id desc`,
};

/** Far longer than a message is left unacknowledged, so that all attempts are found that were made for it. */
const redeliveryMs = 7 * 24 * 3_600_000;

/** By id, since that is what the days of the journal are divided by: older ones are not looked at. */
function since(milliseconds: number): string {
  return lowestIdAt(Date.now() - milliseconds);
}

interface EventFound {
  event_id: string;
  status: EventStatus;
}

interface ExecutionFound {
  event_id: string;
  handler_id: string;
  status: KnownExecution['status'];
  number: number;
}

/** Answers the gate from the journal. While the database is away the questions wait. */
export class JournalLookup implements EventLookup {
  readonly #pool: Pool;
  readonly #windowMs: number;
  readonly #logger: Logger;

  /** @param windowMs How long an event id is remembered, milliseconds. */
  constructor(pool: Pool, windowMs: number, logger: Logger) {
    this.#pool = pool;
    this.#windowMs = windowMs;
    this.#logger = logger;
  }

  lookUp(questions: readonly EventQuestion[]): Promise<readonly KnownEvent[]> {
    return untilAnswered(
      () => this.#query(questions),
      (error) => this.#logger.warn({ err: error, events: questions.length }, 'events wait for the database'),
    );
  }

  async #query(questions: readonly EventQuestion[]): Promise<KnownEvent[]> {
    const ids = questions.map(({ eventId }) => eventId);
    const begun = questions.filter(({ executions }) => executions).map(({ eventId }) => eventId);
    const statuses = await this.#statuses(ids);
    const executions =
      begun.length > 0 ? await this.#executions(begun) : new Map<string, Map<string, KnownExecution>>();
    return ids.map((id) => ({ status: statuses.get(id), executions: executions.get(id) ?? new Map() }));
  }

  async #statuses(ids: string[]): Promise<Map<string, EventStatus>> {
    const { rows } = await this.#pool.query<EventFound>({ ...eventsStatement, values: [ids, since(this.#windowMs)] });
    return new Map(rows.map(({ event_id, status }) => [event_id, status]));
  }

  async #executions(ids: string[]): Promise<Map<string, Map<string, KnownExecution>>> {
    const { rows } = await this.#pool.query<ExecutionFound>({
      ...executionsStatement,
      values: [ids, since(redeliveryMs)],
    });
    const byEvent = new Map<string, Map<string, KnownExecution>>();
    for (const { event_id, handler_id, status, number } of rows) {
      const ofEvent = byEvent.get(event_id) ?? new Map<string, KnownExecution>();
      byEvent.set(event_id, ofEvent.set(handler_id, { status, attempts: number }));
    }
    return byEvent;
  }
}
