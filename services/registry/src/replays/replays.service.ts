import { Inject, Injectable } from '@nestjs/common';
import { DataSource, In, IsNull } from 'typeorm';
import { replayChangedPattern, type ReplayChanged, type ReplayFilter } from '#contracts';
import { DatabaseClock, HandlerEntity, orderedIdAt, ReplayEntity } from '#database';
import type { Logger } from '#observability';
import type { AuditEntry } from '../audit/audit-actions.ts';
import { Audit, type Actor } from '../audit/audit.service.ts';
import { CommandChannel } from '../commands/command-channel.ts';
import { InvalidInput } from '../domain-error.ts';
import { LOGGER } from '../runtime/tokens.ts';
import type { ReplayView } from './dto/replay.dto.ts';
import { givenFilter, storedFilter, type GivenFilter } from './replay-filter.ts';
import { EventNotReplayable } from './replay-errors.ts';
import { ReplaySearch } from './replay-search.ts';

/**
 * What administrators want handled once more. It is written down here; executors do it, and write down how far they
 * are.
 */
@Injectable()
export class Replays {
  readonly #dataSource: DataSource;
  readonly #search: ReplaySearch;
  readonly #commands: CommandChannel;
  readonly #audit: Audit;
  readonly #clock: DatabaseClock;
  readonly #logger: Logger;

  constructor(
    dataSource: DataSource,
    search: ReplaySearch,
    commands: CommandChannel,
    audit: Audit,
    clock: DatabaseClock,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.#dataSource = dataSource;
    this.#search = search;
    this.#commands = commands;
    this.#audit = audit;
    this.#clock = clock;
    this.#logger = logger;
  }

  /**
   * Asks for one event to be replayed.
   *
   * @param handlerIds Those that are to run; all of the plan when it is undefined.
   * @throws {EventNotReplayable}
   * @throws {InvalidInput} Naming each id that is no handler's.
   */
  async replayEvent(eventId: string, handlerIds: readonly string[] | undefined, by: Actor): Promise<ReplayView> {
    const [{ known }] = await this.#dataSource.query<[{ known: boolean }]>(
      // As executors look for it: what they would not find is not promised.
      `select exists (
         select from events where event_id = $1 and not test and replay_id is null and status <> 'duplicate'
       ) as known`,
      [eventId],
    );
    if (!known) throw new EventNotReplayable(eventId);
    return this.#create(eventId, {}, handlerIds, by);
  }

  /**
   * Asks for every event to be replayed that a filter finds and that came before now.
   *
   * @throws {InvalidInput} Naming each id that is no handler's.
   */
  async replay(filter: GivenFilter, handlerIds: readonly string[] | undefined, by: Actor): Promise<ReplayView> {
    return this.#create(null, storedFilter(filter), handlerIds, by);
  }

  /**
   * Stops a replay from publishing more events; events that it has published continue. A replay that has ended stays
   * unchanged.
   *
   * @throws {ReplayNotFound}
   */
  async cancel(id: string, by: Actor): Promise<ReplayView> {
    const replay = await this.#search.get(id);
    if (replay.status === 'finished' || replay.status === 'cancelled') return replay;
    await this.#dataSource.transaction(async (manager) => {
      const { affected } = await manager.update(
        ReplayEntity,
        { id, cancelledAt: IsNull() },
        { cancelledAt: this.#clock.date() },
      );
      // Another caller may have been first, by a moment.
      if (affected === 1)
        await this.#audit.record(by, { action: 'replay.cancel', subject: { type: 'replay', id } }, manager);
    });
    this.#announce(id);
    return this.#search.get(id);
  }

  async #create(
    eventId: string | null,
    filter: ReplayFilter,
    handlerIds: readonly string[] | undefined,
    by: Actor,
  ): Promise<ReplayView> {
    const chosen = handlerIds === undefined ? null : await this.#knownHandlers(handlerIds);
    const createdAt = this.#clock.date();
    const id = orderedIdAt(createdAt);
    const replay = { id, createdAt, eventId, filter, handlerIds: chosen, cancelledAt: null };
    await this.#dataSource.transaction(async (manager) => {
      await manager.insert(ReplayEntity, replay);
      await this.#audit.record(by, creationEntry(replay), manager);
    });
    this.#announce(id);
    return this.#search.get(id);
  }

  async #knownHandlers(given: readonly string[]): Promise<string[]> {
    const ids = given.map((id) => id.toLowerCase());
    const found = await this.#dataSource.manager.find(HandlerEntity, { where: { id: In(ids) }, select: { id: true } });
    const known = new Set(found.map(({ id }) => id));
    const errors = ids.flatMap((id, index) =>
      known.has(id) ? [] : [{ field: `handlerIds.${index}`, message: 'is the id of no handler' }],
    );
    if (errors.length > 0) throw new InvalidInput(errors);
    return [...new Set(ids)];
  }

  /**
   * Saves executors the wait until their next check. No request waits for it, and a lost announcement loses no replay.
   */
  #announce(replayId: string): void {
    this.#commands.tell(replayChangedPattern, { replayId } satisfies ReplayChanged).catch((error: unknown) => {
      const reason = (error as Error).message;
      this.#logger.warn({ replayId, reason }, 'failed to announce replay; executors find it at their next check');
    });
  }
}

/**
 * A replay of one event has the event as its audit subject, which people search for; one of a filter has the replay
 * itself.
 */
function creationEntry({ id, eventId, filter, handlerIds }: Asked): AuditEntry {
  if (eventId === null) {
    return {
      action: 'replay.create',
      subject: { type: 'replay', id },
      after: { filter: givenFilter(filter), handlerIds },
    };
  }
  return { action: 'event.replay', subject: { type: 'event', id: eventId }, after: { replayId: id, handlerIds } };
}

type Asked = Pick<ReplayEntity, 'id' | 'eventId' | 'filter' | 'handlerIds'>;
