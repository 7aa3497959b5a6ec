import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { lowestIdAt, timeOfId, type EventStatus } from '#contracts';
import { report } from '#orm';
import { valueHash, type FieldValue } from '#search';
import { cursorPage, decodeCursor, type CursorPage } from '../http/cursor.ts';
import { Conditions } from './conditions.ts';
import type { EventView } from './dto/event.dto.ts';
import { eventColumns, eventView, type EventRow } from './event-rows.ts';
import { objectIdSpellings } from './object-id.ts';
import { AttemptSearch } from './search/attempt-search.ts';
import { newestOf } from './search/newest.ts';
import { SearchSession } from './search/search-session.ts';
import { shortBody, ValueLookup } from './search/value-lookup.ts';
import { addStatusCondition } from './status-condition.ts';
import { addIdBounds, addTimeBounds } from './time-bounds.ts';

/** What to look for; what is not given does not matter. */
export interface EventCriteria {
  readonly type?: string | undefined;
  readonly objectId?: string | undefined;
  readonly partitionKey?: string | undefined;
  readonly status?: readonly EventStatus[] | undefined;
  readonly hasFailures?: boolean | undefined;
  readonly replayId?: string | undefined;
  readonly q?: string | undefined;
  readonly lookup?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

/** One of several ways in which the text of a search may be found. */
type Way = (conditions: Conditions) => void;

/** The criteria, read. */
interface Question extends Omit<EventCriteria, 'cursor' | 'lookup' | 'q'> {
  /** Only events with lower ids. */
  readonly before: string | undefined;
  readonly value: FieldValue | undefined;
  readonly way?: Way;
}

/** The events of attempts that are retried for longer are found by a period that begins earlier. */
const longestWayMs = 24 * 3_600_000;

/** Found attempts whose events are asked for at a time. */
const eventsAtOnce = 100;

/** Finds events in the journal, the newest first. */
@Injectable()
export class EventSearch {
  readonly #dataSource: DataSource;
  readonly #attempts: AttemptSearch;
  readonly #lookup: ValueLookup;

  constructor(dataSource: DataSource, attempts: AttemptSearch, lookup: ValueLookup) {
    this.#dataSource = dataSource;
    this.#attempts = attempts;
    this.#lookup = lookup;
  }

  /**
   * @throws {InvalidInput} When the look-up is none.
   * @throws {SearchTooLong}
   */
  async find({ q, lookup, cursor, ...criteria }: EventCriteria): Promise<CursorPage<EventView>> {
    const question: Question = {
      ...criteria,
      before: cursor && decodeCursor(cursor),
      value: lookup === undefined ? undefined : this.#lookup.read(lookup),
    };
    const rows =
      q === undefined && question.value === undefined
        ? await report<EventRow[]>(this.#dataSource, ...listStatement(conditionsOf(question), criteria.limit + 1))
        : await SearchSession.during(this.#dataSource, (session) =>
            q === undefined ? this.#rows(question, session) : this.#search(q, question, session),
          );
    return cursorPage(rows, criteria.limit, ({ id }) => id, eventView);
  }

  /** Each way in which the text may be found has an index of its own, and a statement of its own. */
  async #search(text: string, question: Question, session: SearchSession): Promise<EventRow[]> {
    const pages: EventRow[][] = [];
    for (const way of waysTo(text)) pages.push(await this.#rows({ ...question, way }, session));
    // A look-up says already which value it is.
    const values = question.value === undefined ? this.#lookup.inEachField(text) : [];
    for (const value of values) pages.push(await this.#rows({ ...question, value }, session));
    pages.push(await this.#withText(text, question, session));
    return newestOf(pages, question.limit + 1);
  }

  /** Events of which an attempt has a text. */
  async #withText(text: string, question: Question, session: SearchSession): Promise<EventRow[]> {
    const { from, to, before } = question;
    // Attempts come later than their event, and so does one of an event before the cursor.
    const end = to && new Date(to.getTime() + longestWayMs);
    const beforeAttempt = before && lowestIdAt(timeOfId(before) + longestWayMs);
    const period = { ...this.#attempts.period(from, to), to: end };
    const attempts = await this.#attempts.find(text, period, session, beforeAttempt);
    const found: EventRow[] = [];
    for (let at = 0; at < attempts.length; at += eventsAtOnce) {
      const group = attempts.slice(at, at + eventsAtOnce);
      const ids = [...new Set(group.map(({ event_id: id }) => id))];
      // As ids that are known before the rest is looked at: no planner then goes through the days for them.
      const way: Way = (conditions) =>
        conditions
          .add(ids, (all) => `id = any(array(select id from events where event_id = any(${all})))`)
          .require(`status <> 'duplicate'`);
      found.push(...(await this.#rows({ ...question, way }, session)));
      // Whatever else is found came before the last of these attempts.
      const { id: last } = group.at(-1)!;
      if (found.filter(({ id }) => id > last).length > question.limit) break;
    }
    return newestOf([found], question.limit + 1);
  }

  async #rows(question: Question, session: SearchSession): Promise<EventRow[]> {
    const most = question.limit + 1;
    const { value } = question;
    if (value === undefined) return session.ask(...listStatement(conditionsOf(question), most));
    const found: EventRow[] = [];
    for (let { before } = question; found.length < most;) {
      const rows = await session.ask<EventRow & { body: string | null }>(
        ...lookupStatement({ ...question, before }, valueHash(value), most),
      );
      found.push(...(await this.#lookup.verified(rows, value, session)));
      if (rows.length < most) break;
      before = rows.at(-1)!.id;
    }
    return found.slice(0, most);
  }
}

function waysTo(text: string): Way[] {
  return [
    (conditions) => conditions.add(text, (id) => `event_id = ${id}`),
    (conditions) => conditions.add(text, (key) => `partition_key = ${key}`),
    ...objectIdSpellings(text).map(
      (spelling): Way =>
        (conditions) =>
          conditions.add(spelling, (id) => `object_id = ${id}`),
    ),
  ];
}

function conditionsOf(question: Question): Conditions {
  const { type, objectId, partitionKey, status, hasFailures, replayId, before, from, to, way } = question;
  const conditions = new Conditions()
    .add(type, (given) => `type = ${given}`)
    .add(objectId && objectIdSpellings(objectId), (spellings) => `object_id = any(${spellings})`)
    .add(partitionKey, (key) => `partition_key = ${key}`)
    .add(replayId, (replay) => `replay_id = ${replay}`)
    .add(before, (last) => `id < ${last}`);
  addStatusCondition(conditions, 'status', status);
  // In the words of the index.
  if (hasFailures !== undefined) conditions.require(hasFailures ? 'failed' : 'not failed');
  addTimeBounds(conditions, 'received_at', from, to);
  way?.(conditions);
  return conditions;
}

function listStatement(conditions: Conditions, most: number): [text: string, values: unknown[]] {
  const limit = conditions.parameter(most);
  return [`select ${eventColumns} from events ${conditions.where} order by id desc limit ${limit}`, conditions.values];
}

/**
 * Events with a hash, newest first, each read by its id. `offset 0` keeps the planner, which knows nothing about the
 * hashes of a new day, from reading all events for them.
 */
function lookupStatement(question: Question, hash: bigint, most: number): [text: string, values: unknown[]] {
  const conditions = conditionsOf(question).require('events.id = place.id');
  const places = new Conditions(conditions.values)
    .add(hash, (given) => `hash = ${given}`)
    .add(question.before, (last) => `id < ${last}`);
  addIdBounds(places, 'id', question.from, question.to);
  const limit = conditions.parameter(most);
  return [
    `select event.* from (select id from event_values ${places.where} order by id desc offset 0) as place
       cross join lateral (select ${eventColumns}, ${shortBody} from events ${conditions.where} offset 0) as event
     order by place.id desc limit ${limit}`,
    conditions.values,
  ];
}
