import { partitionOf } from '#contracts';

/** A partition that is to get no event. */
export interface SparedPartition {
  readonly partition: number;
  /** How many there are. */
  readonly partitions: number;
}

/** Events of a run: the number of keys, whose events are published in turn. */
export interface Stream {
  /** Marks its events. */
  readonly run: string;
  readonly events: number;
  readonly keys: number;
  /** Of the whole body. */
  readonly bytes: number;
  /** The event types that its keys are dealt to. */
  readonly types: readonly string[];
  readonly spared?: SparedPartition;
}

export const benchEventType = 'clients.update';

/** Fields of the events that can be searched, as `SEARCH_FIELDS` has them. */
export const benchSearchFields = 'phone,login,imsi';

/** All events of a key are of one type. */
export function typeOf({ types }: Pick<Stream, 'types'>, key: number): string {
  return types[key % types.length]!;
}

/** The partition key of a key, which leads to no partition that is to be spared. */
export function partitionKeyOf({ run, spared }: Pick<Stream, 'run' | 'spared'>, key: number): string {
  let partitionKey = `${run}:${String(key)}`;
  if (!spared) return partitionKey;
  while (partitionOf(partitionKey, spared.partitions) === spared.partition) partitionKey += '+';
  return partitionKey;
}

/** What is known of an event from the beginning of its body. */
export interface Mark {
  readonly run: string;
  readonly key: number;
  /** Among the events of its key, from 0. */
  readonly sequence: number;
  /** When it was to be published: milliseconds since 1970, with fractions. */
  readonly at: number;
}

/** Nothing of it needs an escape in JSON. */
const opening =
  /^\{"event":\{"id":"([^":]+):(\d+):(\d+)","dt":"[^"]*","events_id":"[^"]*","object_id":\d+\},"data":\{"at":([\d.]+)/;

export function bodyOf({ run, key, sequence, at }: Mark, type: string, bytes: number): Buffer {
  const dt = new Date(at).toISOString();
  const event = { id: `${run}:${key}:${sequence}`, dt, events_id: type, object_id: key };
  const client = String(key).padStart(9, '0');
  const found = { phone: `+49${client}`, login: `user${client}`, imsi: `262${client}` };
  const bare = JSON.stringify({ event, data: { at, ...found, filler: '' } });
  return Buffer.from(`${bare.slice(0, -3)}${fillerOf(sequence, bytes - bare.length)}"}}`);
}

/** Texts and numbers, as a bill has them: the database takes as long to compress them as it does for real events. */
const filler = Array.from({ length: 2_000 }, (_, n) => {
  const item = (n * 2_654_435_761) % 1_000_003;
  return `item ${String(item)} costs ${String(item % 9_973)}.${String(n % 100)} since 2026-0${String((n % 9) + 1)}; `;
}).join('');

/** A part of the filler that begins elsewhere for each event of a key; longer ones repeat it. */
function fillerOf(sequence: number, length: number): string {
  const start = (sequence * 37) % 1_000;
  const end = start + Math.max(0, length);
  return filler.repeat(Math.ceil(end / filler.length)).slice(start, end);
}

/** Reads the mark without parsing the whole body: who receives it is to cost as little as can be. */
export function markOf(body: Buffer): Mark | undefined {
  const [, run, key, sequence, at] = opening.exec(body.toString('latin1', 0, 256)) ?? [];
  return run === undefined ? undefined : { run, key: Number(key), sequence: Number(sequence), at: Number(at) };
}

/** Milliseconds since 1970, finer than a millisecond; the same clock in all processes of a machine. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}
