import { Inject, Injectable } from '@nestjs/common';
import type { BillingEvent } from '#contracts';
import { DatabaseClock } from '#database';
import type { Logger } from '#observability';
import { Audit, type Actor } from '../audit/audit.service.ts';
import type { AuditEntry } from '../audit/audit-actions.ts';
import { LOGGER } from '../runtime/tokens.ts';

/** Milliseconds. Events that a program publishes within it share an entry, which says how many there were. */
const intervalMs = 60_000;

type Published = Pick<BillingEvent, 'id' | 'type' | 'objectId' | 'partitionKey'>;

/** What one caller has published since the entry of the first event. */
interface Tally {
  readonly actor: Actor;
  readonly types: Map<string, number>;
  latest: string | undefined;
  from: Date | undefined;
  readonly timer: NodeJS.Timeout;
}

/**
 * Records who publishes events. Each event that a person publishes in the console has an entry. A program may publish a
 * thousand a second: its first event has an entry at once, and those of the minute after it share one.
 */
@Injectable()
export class PublishAudit {
  readonly #audit: Pick<Audit, 'record'>;
  readonly #clock: Pick<DatabaseClock, 'date'>;
  readonly #logger: Pick<Logger, 'error'>;
  readonly #tallies = new Map<string, Tally>();

  constructor(audit: Audit, clock: DatabaseClock, @Inject(LOGGER) logger: Logger) {
    this.#audit = audit;
    this.#clock = clock;
    this.#logger = logger;
  }

  async record(actor: Actor, { id, type, objectId, partitionKey }: Published): Promise<void> {
    const caller = `${actor.kind} ${actor.id} ${actor.address}`;
    const tally = this.#tallies.get(caller);
    if (tally && actor.kind !== 'session') {
      tally.types.set(type, (tally.types.get(type) ?? 0) + 1);
      tally.latest = id;
      tally.from ??= this.#clock.date();
      return;
    }
    if (actor.kind !== 'session') {
      const timer = setTimeout(() => void this.#close(caller), intervalMs).unref();
      this.#tallies.set(caller, { actor, types: new Map(), latest: undefined, from: undefined, timer });
    }
    // The journal has the event itself.
    const after = { type, objectId, partitionKey };
    await this.#audit.record(actor, { action: 'event.publish', subject: { type: 'event', id }, after });
  }

  /** Writes what has no entry yet. */
  async stop(): Promise<void> {
    await Promise.all([...this.#tallies.keys()].map((caller) => this.#close(caller)));
  }

  async #close(caller: string): Promise<void> {
    const tally = this.#tallies.get(caller)!;
    clearTimeout(tally.timer);
    this.#tallies.delete(caller);
    const entry = entryOf(tally, this.#clock.date());
    if (!entry) return;
    try {
      await this.#audit.record(tally.actor, entry);
    } catch (error) {
      this.#logger.error({ err: error, entry }, 'failed to record published events in the audit');
    }
  }
}

/** The entry of all but the first event; undefined when there was only that one. */
function entryOf({ types, latest, from }: Tally, to: Date): AuditEntry | undefined {
  if (latest === undefined || from === undefined) return undefined;
  const events = [...types.values()].reduce((sum, count) => sum + count, 0);
  const after = { events, from, to, types: Object.fromEntries(types) };
  return { action: 'event.publish', subject: { type: 'event', id: latest }, after };
}
