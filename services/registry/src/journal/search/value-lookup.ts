import { Inject, Injectable } from '@nestjs/common';
import type { EventRecord } from '#journal';
import { Redaction } from '#redaction';
import { BadLookup, FieldValues, longestValue, readLookup, valueHash, type FieldValue } from '#search';
import type { RegistrySettings } from '#settings';
import { InvalidInput } from '../../domain-error.ts';
import { SETTINGS } from '../../runtime/tokens.ts';
import { Conditions } from '../conditions.ts';
import type { SearchSession } from './search-session.ts';

/** Of a value whose executions are listed: as many as the longest page. */
const eventsOfValue = 200;

/** An event with a value. */
export type FoundEvent = Pick<EventRecord, 'id' | 'event_id'>;

/** A column of events: the body, or null where it is longer than most, and not to be in memory with many others. */
export const shortBody = 'case when octet_length(body) <= 65536 then body end as body';

/** An event that the index has found. */
type IndexedEvent = Pick<EventRecord, 'id'> & { readonly body: string | null };

/** What the index of values finds, which is compared with the events: two values may have one hash. */
@Injectable()
export class ValueLookup {
  readonly #redaction: Redaction;
  readonly #fields: readonly string[];
  readonly #values: FieldValues;

  constructor(redaction: Redaction, @Inject(SETTINGS) { searchFields }: Pick<RegistrySettings, 'searchFields'>) {
    this.#redaction = redaction;
    this.#fields = searchFields.map(({ name }) => name);
    this.#values = new FieldValues(searchFields);
  }

  /** @throws {InvalidInput} When it is none, or names a field that is not indexed. */
  read(lookup: string): FieldValue {
    try {
      return readLookup(lookup, this.#fields);
    } catch (error) {
      if (error instanceof BadLookup) throw new InvalidInput([{ field: 'lookup', message: error.message }]);
      throw error;
    }
  }

  /** A text as the value of each field that is indexed. */
  inEachField(text: string): FieldValue[] {
    return text.length > longestValue ? [] : this.#fields.map((field) => ({ field, value: text }));
  }

  /** Those of some events that show the value. */
  async verified<Row extends IndexedEvent>(
    rows: readonly Row[],
    value: FieldValue,
    session: SearchSession,
  ): Promise<Row[]> {
    const having: Row[] = [];
    for (const row of rows) if (this.#has(row.body ?? (await bodyOf(row.id, session)), value)) having.push(row);
    return having;
  }

  /**
   * The newest events that have a text as the value of an indexed field.
   *
   * @param before Only events that the journal has under lower ids.
   * @throws {SearchTooLong}
   */
  async eventsWith(text: string, before: string | undefined, session: SearchSession): Promise<FoundEvent[]> {
    const found: FoundEvent[] = [];
    for (const value of this.inEachField(text)) {
      const places = new Conditions()
        .add(valueHash(value), (hash) => `hash = ${hash}`)
        .add(before, (last) => `id < ${last}`);
      const rows = await session.ask<FoundEvent & IndexedEvent>(
        `select event.* from (select id from event_values ${places.where} order by id desc limit ${eventsOfValue}) as place
           cross join lateral (select id, event_id, ${shortBody} from events where events.id = place.id offset 0) as event`,
        places.values,
      );
      found.push(...(await this.verified(rows, value, session)));
    }
    return found;
  }

  #has(body: string | undefined, { field, value }: FieldValue): boolean {
    if (body === undefined) return false;
    return this.#values.of(this.#redaction.json(body)).some((own) => own.field === field && own.value === value);
  }
}

/** Undefined when its day has just been dropped. */
async function bodyOf(id: string, session: SearchSession): Promise<string | undefined> {
  const [row] = await session.ask<Pick<EventRecord, 'body'>>('select body from events where id = $1', [id]);
  return row?.body;
}
