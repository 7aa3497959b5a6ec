import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { lowestIdAt, type ReplayFilter } from '#contracts';
import type { OperationRequest } from './operation-request.ts';
import { OperationRuns } from './operation-runs.ts';
import { replayed } from './selections.ts';
import type { JournaledEvent } from './event-sender.ts';
import { journalBegins, OperationBench, type NewEvent } from './testing/operation-bench.ts';

const second = 1_000;
const at = (seconds: number) => new Date(journalBegins + seconds * second).toISOString();

function request(overrides: Partial<OperationRequest> = {}): OperationRequest {
  return {
    id: lowestIdAt(0),
    kind: 'replay',
    createdAt: new Date(),
    eventId: null,
    executionIds: null,
    filter: {},
    handlerIds: null,
    editedEvent: null,
    editedEventId: null,
    canary: null,
    perSecond: null,
    ...overrides,
  };
}

describe('what a replay is about', () => {
  let bench: OperationBench;
  let runs: OperationRuns;
  const events: NewEvent[] = [
    { eventId: '1', type: 'clients.create', objectId: 12, key: 'a', status: 'failed' },
    { eventId: '2', type: 'clients.update', objectId: '12', key: 'b' },
    { eventId: '3', type: 'clients.update', objectId: 13, key: 'a', status: 'waiting' },
    { eventId: '4', type: 'clients.update', objectId: 14, key: 'c' },
    { eventId: 'test', test: true },
    { eventId: 'replayed', replayId: lowestIdAt(1) },
    { eventId: '1', type: 'clients.create', objectId: 12, key: 'a', status: 'duplicate' },
  ];

  beforeAll(async () => {
    bench = await OperationBench.open();
    runs = new OperationRuns(bench.pool);
    await bench.addEvents(...events);
  });

  afterAll(() => bench.close());

  async function found(overrides: Partial<OperationRequest>): Promise<string[]> {
    const selection = replayed(request(overrides));
    const page = await runs.page<JournaledEvent>(selection, null, 100);
    expect(await runs.count(selection)).toBe(page.length);
    return page.map(({ eventId }) => eventId);
  }

  it.each<[string, ReplayFilter, string[]]>([
    ['everything', {}, ['1', '2', '3', '4']],
    ['a type', { type: 'clients.create' }, ['1']],
    ['an object, in the spellings given', { objectIds: ['12', '"12"'] }, ['1', '2']],
    ['an object in one spelling', { objectIds: ['12'] }, ['1']],
    ['a key', { partitionKey: 'a' }, ['1', '3']],
    ['a status', { status: ['failed'] }, ['1']],
    ['several statuses', { status: ['succeeded', 'waiting'] }, ['2', '3', '4']],
    ['duplicates, which are never replayed', { status: ['duplicate'] }, []],
    ['a time from which on', { from: at(2) }, ['2', '3', '4']],
    ['a time up to which', { to: at(2) }, ['1']],
    ['all of it at once', { type: 'clients.update', partitionKey: 'a', from: at(1), to: at(9) }, ['3']],
  ])('%s', async (_name, filter, expected) => {
    expect(await found({ filter })).toEqual(expected);
  });

  it('is nothing that came after it was asked for', async () => {
    expect(await found({ createdAt: new Date(journalBegins + 3 * second) })).toEqual(['1', '2']);
  });

  it('is one event, whatever the filter says', async () => {
    expect(await found({ eventId: '3', filter: { type: 'clients.create' } })).toEqual(['3']);
    expect(await found({ eventId: 'test' })).toEqual([]);
    expect(await found({ eventId: 'of nobody' })).toEqual([]);
  });

  it('is the newest of several occurrences of an event', async () => {
    const ids = await bench.addEvents({ eventId: 'twice' }, { eventId: 'twice' });
    const page = await runs.page<JournaledEvent>(replayed(request({ eventId: 'twice' })), null, 100);
    expect(page.map(({ id }) => id)).toEqual(ids.slice(1));
  });

  it('goes on behind a position', async () => {
    const [, position] = (await runs.page<JournaledEvent>(replayed(request()), null, 2)).map(({ id }) => id);
    const page = await runs.page<JournaledEvent>(replayed(request()), position!, 2);
    expect(page.map(({ eventId }) => eventId)).toEqual(['3', '4']);
  });

  it('is looked for in the days of its times only', () => {
    const { text, values } = replayed(request({ filter: { from: at(0), to: at(60) } })).count;
    const bounds = [...text.matchAll(/\bid (>=|<) \$(\d+)/g)].map(([, operator, n]) => [
      operator,
      values[Number(n) - 1],
    ]);
    expect(bounds.slice(1)).toEqual([
      ['>=', lowestIdAt(journalBegins - 60 * second)],
      ['<', lowestIdAt(journalBegins + 120 * second)],
    ]);
  });

  it('cannot be said with a time that is none', () => {
    expect(() => replayed(request({ filter: { from: 'yesterday' } }))).toThrow(RangeError);
  });
});
