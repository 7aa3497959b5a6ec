import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { HandlerEntity } from '#orm';
import { Redaction } from '#redaction';
import type { AuditEntry } from '../audit/audit-actions.ts';
import type { Actor } from '../audit/audit.service.ts';
import { InvalidInput } from '../domain-error.ts';
import { Operations, type OperationRequest } from '../operations/operations.service.ts';
import type { ReplayView } from './dto/replay.dto.ts';
import { readEditedEvent, type OriginalEvent } from './edited-event.ts';
import { givenFilter, storedFilter, type GivenFilter } from './replay-filter.ts';
import { EventNotReplayable } from './replay-errors.ts';
import { ReplaySearch } from './replay-search.ts';

/** What one event is replayed with. */
export interface EventReplay {
  /** The handlers that are to run; all of the plan when it is undefined. */
  readonly handlerIds?: readonly string[] | undefined;
  /** The JSON of an edited event, which is run in place of the original. */
  readonly edited?: string | undefined;
}

/** What administrators want handled once more: operations of the kind `replay`. */
@Injectable()
export class Replays {
  readonly #dataSource: DataSource;
  readonly #search: ReplaySearch;
  readonly #operations: Operations;
  readonly #redaction: Redaction;

  constructor(dataSource: DataSource, search: ReplaySearch, operations: Operations, redaction: Redaction) {
    this.#dataSource = dataSource;
    this.#search = search;
    this.#operations = operations;
    this.#redaction = redaction;
  }

  /**
   * Asks for one event to be replayed, as it was or edited.
   *
   * @throws {EventNotReplayable}
   * @throws {InvalidInput} Naming each id that is no handler's, and each field whose value was left masked.
   * @throws {EventRejected} When the edited event is no event.
   */
  async replayEvent(eventId: string, { handlerIds, edited }: EventReplay, by: Actor): Promise<ReplayView> {
    const [original] = await this.#dataSource.query<OriginalEvent[]>(
      // As executors look for it: what they would not find is not promised.
      `select event_id as id, partition_key as "partitionKey", body from events
       where event_id = $1 and not test and (replay_id is null or replay_of is not null) and status <> 'duplicate' order by id desc limit 1`,
      [eventId],
    );
    if (!original) throw new EventNotReplayable(eventId);
    const event = edited === undefined ? undefined : readEditedEvent(edited, original, this.#redaction);
    return this.#request({ eventId, filter: {}, editedEvent: event?.body, editedEventId: event?.id }, handlerIds, by);
  }

  /**
   * Asks for every event to be replayed that a filter finds and that came before now.
   *
   * @throws {InvalidInput} Naming each id that is no handler's.
   */
  async replay(filter: GivenFilter, handlerIds: readonly string[] | undefined, by: Actor): Promise<ReplayView> {
    return this.#request({ eventId: null, filter: storedFilter(filter) }, handlerIds, by);
  }

  /**
   * Stops a replay from publishing more events; events that it has published continue. A replay that has ended stays
   * unchanged.
   *
   * @throws {ReplayNotFound}
   */
  async cancel(id: string, by: Actor): Promise<ReplayView> {
    await this.#search.get(id);
    await this.#operations.cancel(id, by);
    return this.#search.get(id);
  }

  async #request(asked: Asked, handlerIds: readonly string[] | undefined, by: Actor): Promise<ReplayView> {
    const chosen = handlerIds === undefined ? null : await this.#knownHandlers(handlerIds);
    const { editedEvent = null, editedEventId = null } = asked;
    const replay: OperationRequest = { ...asked, kind: 'replay', handlerIds: chosen, editedEvent, editedEventId };
    const id = await this.#operations.request(replay, (replayId) => creationEntry(replayId, asked, chosen), by);
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
}

interface Asked {
  readonly eventId: string | null;
  readonly filter: ReturnType<typeof storedFilter>;
  readonly editedEvent?: string | undefined;
  readonly editedEventId?: string | undefined;
}

/**
 * A replay of one event has the event as its audit subject, which people search for; one of a filter has the replay
 * itself.
 */
function creationEntry(replayId: string, asked: Asked, handlerIds: string[] | null): AuditEntry {
  const { eventId, filter, editedEventId } = asked;
  if (eventId === null) {
    const subject = { type: 'replay', id: replayId } as const;
    return { action: 'replay.create', subject, after: { filter: givenFilter(filter), handlerIds } };
  }
  // The journal has the edited event itself.
  const after = { replayId, handlerIds, ...(editedEventId !== undefined && { editedEventId }) };
  return { action: 'event.replay', subject: { type: 'event', id: eventId }, after };
}
