import type { BillingEvent } from '#contracts';
import { readExactJson } from './exact-json.ts';
import type { Variables } from './scope.ts';
import type { MapKey, Value } from './values.ts';

/**
 * What of an event conditions are asked of. `data` and `previous` are read from its own text, where numbers have all of
 * their digits.
 */
export type ConditionEvent = Pick<BillingEvent, 'id' | 'type' | 'occurredAt' | 'objectId' | 'body'>;

/** What was kept of the answer to one handler. */
export interface Kept {
  /** Name of the handler. */
  readonly name: string;
  /** A JSON object of the values by their names. */
  readonly values: string;
  /** Names of the values that people do not see, since they come from redacted fields. */
  readonly redacted?: readonly string[];
}

/** What can be named of an event and of what was kept for it; of two handlers with one name the later one counts. */
export function eventVariables(event: ConditionEvent, kept: readonly Kept[]): Variables {
  const results = lazy(() => new Map(kept.map(({ name, values }) => [name, readExactJson(values)])));
  return { ...variablesOf(event), results };
}

/** Made once for an event, however many conditions are asked of it, and forgotten with it. */
const known = new WeakMap<ConditionEvent, Variables>();

/** What conditions can name of an event. Its text is read when one of them names what stands in it, and not before. */
function variablesOf(event: ConditionEvent): Variables {
  const before = known.get(event);
  if (before) return before;
  const document = lazy(() => readExactJson(event.body) as ReadonlyMap<MapKey, Value>);
  const variables: Variables = {
    event: lazy(() => headOf(event)),
    data: () => document().get('data')!,
    previous: () => document().get('previous') ?? nothing,
  };
  known.set(event, variables);
  return variables;
}

const nothing: ReadonlyMap<MapKey, Value> = new Map();

/** As in the body that handlers get, as far as Provisor knows the fields. */
function headOf({ id, type, occurredAt, objectId }: ConditionEvent): ReadonlyMap<string, Value> {
  return new Map<string, Value>([
    ['id', id],
    ['dt', new Date(occurredAt).toISOString()],
    ['events_id', type],
    ['object_id', typeof objectId === 'number' ? BigInt(objectId) : objectId],
  ]);
}

function lazy<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
