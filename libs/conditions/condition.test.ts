import { describe, expect, it } from '@jest/globals';
import { Condition, conditionFault, type ConditionEvent } from './condition.ts';

const event: ConditionEvent = {
  id: 'e-1',
  type: 'clients.update',
  occurredAt: Date.UTC(2026, 2, 1, 9, 15),
  objectId: 12,
  data: {
    id: 12,
    status: 'active',
    balance: 10.5,
    note: null,
    address: { city: 'Paris', zip: '75000' },
    tags: ['vip', 'new'],
    lines: [{ n: 1 }, { n: 2 }],
  },
  previous: { status: 'blocked', address: { city: 'Lyon', zip: '75000' }, tags: ['vip', 'new'], gone: 1 },
};

const verdict = (source: string, changes: Partial<ConditionEvent> = {}) =>
  new Condition(source).of({ ...event, ...changes });

describe('a condition', () => {
  it.each([
    'data.status == "active" && changed("status")',
    'data.id == 12',
    'data.id == 12.0 && data.id > 11 && data.id < 12.5',
    'data.balance > 10',
    'data.id + 1.0 == 13.0',
    'int(data.id) % 2 == 0',
    'data.id in [11, 12]',
    'data.note == null',
    'has(data.status) && !has(data.missing)',
    '"status" in data && !("missing" in data)',
    'event.object_id == 12 && event.id == "e-1" && event.events_id == "clients.update"',
    'timestamp(event.dt) < timestamp("2026-03-02T00:00:00Z")',
    'previous.status == "blocked"',
    'changed("address.city") && !changed("address.zip") && changed("address")',
    'changed("gone") && !changed("id") && !changed("tags") && !changed("nowhere.at.all")',
    'data.tags.exists(tag, tag == "vip") && "new" in data.tags',
    'data.lines.all(line, line.n > 0)',
    'data.lines.filter(line, line.n > 1).size() == 1',
    'data.status.startsWith("act") && data.status.contains("iv") && size(data.status) == 6',
    'data["status"] == "active" ? true : false',
  ])('holds: %s', (source) => expect(verdict(source)).toEqual({ kind: 'met' }));

  it.each(['data.id == "12"', 'data.status == "blocked"', 'changed("balance")', 'false', 'has(data.constructor)'])(
    'does not hold: %s',
    (source) => expect(verdict(source)).toEqual({ kind: 'unmet' }),
  );

  it('finds nothing changed where the event does not say what was before', () => {
    expect(verdict('changed("status") || has(previous.status)', { previous: null })).toEqual({ kind: 'unmet' });
  });

  it.each([
    ['data.missing == 1', 'No such key: missing (line 1, column 6)'],
    ['data.id == 12 &&\n  data.id + 1 == 13', 'no such overload: dyn<double> + int (line 2, column 3)'],
    ['data.__proto__ == null', 'No such key: __proto__ (line 1, column 6)'],
    ['data.status', 'it came to something that is neither true nor false'],
  ])('fails, and says why and where: %s', (source, message) => {
    expect(verdict(source)).toEqual({ kind: 'failed', message });
  });

  it('is asked of one event at a time, also after one for which it failed', () => {
    expect(verdict('changed("status") && data.missing == 1').kind).toBe('failed');
    expect(verdict('changed("status")', { previous: { status: 'active' } })).toEqual({ kind: 'unmet' });
  });
});

describe('what is no condition', () => {
  it.each([
    ['', /line 1, column 1/],
    ['data.status ==', /line 1, column 15/],
    ['data.status == "é" &&\n  𝒳', /line 2, column 3/],
    ['nobody == 1', /Unknown variable: nobody \(line 1, column 1\)/],
    ['changed(1)', /changed/],
    ['data.id', undefined],
    ['"text"', /must be true or false, and is of type string/],
    ['1 + 1', /type int/],
    ['data.status.matches("(a+)+$")', /matches cannot be called here \(line 1, column 1\)/],
    ['data.tags.map(t, t + t) == []', /map cannot be called/],
    ['cel.bind(a, data.status + data.status, a == a)', /bind cannot be called/],
    ['data.a.exists(a, a.exists(b, b.exists(c, c == 1)))', /exists stands in too many others/],
    [Array.from({ length: 100 }, () => 'data.id == 1').join(' || '), /AST/i],
    [`${'('.repeat(100)}true${')'.repeat(100)}`, /depth/i],
  ])('is told what is wrong, and where: %s', (source, words) => {
    const fault = conditionFault(source);
    if (words === undefined) expect(fault).toBeUndefined();
    else expect(fault).toMatch(words);
  });
});

describe('the cost of a condition', () => {
  const ofLength = (length: number) => ({ data: { list: Array.from({ length }, (_, n) => n), text: 'x' } });

  it('is bounded, whatever the event', () => {
    expect(verdict('data.list.all(a, a >= 0)', ofLength(10_000))).toEqual({ kind: 'met' });
    expect(verdict('data.list.all(a, data.list.exists(b, b == a))', ofLength(100))).toEqual({ kind: 'met' });
    const tooLong = { kind: 'failed', message: expect.stringContaining('too long') };
    expect(verdict('data.list.all(a, data.list.exists(b, b == a))', ofLength(10_000))).toEqual(tooLong);
    const text = { data: { list: Array.from({ length: 1_000 }, () => 'y'), text: 'x'.repeat(500_000) } };
    expect(verdict('data.list.exists(y, data.text.contains(y))', text)).toEqual(tooLong);
  });

  it('is no matter of the event where it goes through no list', () => {
    expect(verdict('data.list.size() == 500000', ofLength(500_000))).toEqual({ kind: 'met' });
  });

  it('keeps what is allowed short', () => {
    const start = performance.now();
    const nested = 'data.list.exists(a, data.list.exists(b, a + b == -1.0))';
    // As long as lists may be for it.
    expect(verdict(nested, ofLength(400))).toEqual({ kind: 'unmet' });
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
