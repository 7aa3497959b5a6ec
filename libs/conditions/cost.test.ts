import { beforeAll, describe, expect, it } from '@jest/globals';
import { handlerFields, maxEventBytes } from '#contracts';
import { mostSteps } from './budget.ts';
import { Condition, conditionFault, type Verdict } from './condition.ts';
import type { ConditionEvent } from './event-variables.ts';
import { functionRules } from './functions/functions.ts';
import { hostileConditions, hostileData, hostileSources } from './testing/hostile.ts';

/**
 * CPU time of this thread, so that a busy machine makes little difference. The dearest take 15 ms, and several times as
 * long under the test runner, where each global name is looked up slowly; without a bound they take seconds.
 */
const mostMs = 300;

/** In milliseconds. */
function cpuTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

function eventWith(data: string): ConditionEvent {
  const body = `{"event":{},"data":${data},"previous":{"a":1,"b":[],"list":[1]}}`;
  expect(body.length).toBeLessThanOrEqual(maxEventBytes);
  const event = { id: 'e-1', type: 'clients.update', occurredAt: 1_772_356_500_000, objectId: 12, body };
  // Its text is read once for all conditions.
  expect(new Condition('data.a != null').of(event)).toEqual({ kind: 'met' });
  return event;
}

/** The cost of a condition: the smallest of five measurements at most, to exclude collection of garbage. */
function asked(condition: Condition, event: ConditionEvent): { verdict: Verdict; ms: number } {
  const start = cpuTime();
  const verdict = condition.of(event);
  let ms = cpuTime() - start;
  for (let turn = 1; turn < 5 && ms > mostMs / 2; turn++) {
    const again = cpuTime();
    condition.of(event);
    ms = Math.min(ms, cpuTime() - again);
  }
  return { verdict, ms };
}

describe('the cost of a condition', () => {
  const conditions: [source: string, condition: Condition][] = [];
  beforeAll(() => {
    for (const source of hostileConditions) {
      if (conditionFault(source) === undefined) conditions.push([source, new Condition(source)]);
    }
  });

  it('is tried with every function', () => {
    const uncalled = functionRules.filter(
      ({ name, style }) => !conditions.some(([source]) => source.includes(`${style === 'method' ? '.' : ''}${name}(`)),
    );
    expect(uncalled.map(({ name }) => name)).toEqual([]);
    expect(conditions.length).toBeGreaterThan(hostileConditions.length * 0.85);
  });

  // Each document meets some of all parts, in one of their forms.
  const documents = Object.entries(hostileData).map(([name, data], index) => ({ name, data, index }));
  it.each(documents)('is bounded, whatever is called: $name', ({ data, index }) => {
    const event = eventWith(data);
    const dear = conditions
      .filter((_condition, place) => (place * 6 + index * 7) % 25 === 0)
      .map(([source, condition]) => ({ source, ...asked(condition, event) }))
      .filter(({ ms }) => ms > mostMs);
    expect(dear).toEqual([]);
  });

  it.each([
    ['data.a.contains(data.b)', 'unmet'],
    ['data.a.indexOf(data.b) >= 0', 'unmet'],
    ['data.a.lastIndexOf(data.b) >= 0', 'unmet'],
    ['data.a.startsWith(data.b) || data.a.endsWith(data.b)', 'unmet'],
  ])('of a search in long texts is that of their lengths: %s', (source, kind) => {
    const a = 'a'.repeat(400_000);
    const b = `${'a'.repeat(100_000)}b${'a'.repeat(100_000)}`;
    const { verdict, ms } = asked(new Condition(source), eventWith(JSON.stringify({ a, b })));
    expect(verdict).toEqual({ kind });
    expect(ms).toBeLessThan(mostMs);
  });

  it('is found out before it arises, and named with what it is of', () => {
    const event = eventWith(`{"a":"${'a'.repeat(400_000)}","b":"${'a'.repeat(200_000)}b","list":[1,2]}`);
    const message = (source: string) => {
      const verdict = new Condition(source).of(event);
      return verdict.kind === 'failed' ? verdict.message : verdict.kind;
    };
    expect(message('data.a.contains(data.b) || data.a.contains(data.b)')).toBe(
      `it costs too much for this event: contains on a string of 400000 characters and a string of 200001 characters would exceed ${mostSteps} steps (line 1, column 28)`,
    );
    // No other side makes a verdict of it.
    expect(message('true && (data.a.contains(data.b) || data.a.contains(data.b) || true)')).toMatch(/costs too much/);
    expect(
      message('data.list.exists(x, data.a.contains(data.b) || data.list.exists(y, data.a.contains(data.b)) || x == 1)'),
    ).toMatch(/costs too much/);
  });

  it('leaves usual conditions their room, also with the largest events', () => {
    const list = Array.from({ length: 10_000 }, (_, n) => ({ n, name: `line ${n}` }));
    const event = eventWith(JSON.stringify({ a: 'x'.repeat(400_000), list }));
    for (const source of [
      'data.list.all(line, line.n >= 0)',
      'data.list.exists(line, line.name == "line 9999")',
      'data.list.filter(line, line.n % 2 == 0).size() == 5000',
      'data.list.size() == 10000 && size(data.a) == 400000',
      '!data.a.contains("@example.com") && data.a.trim() == data.a && !data.a.contains("y")',
      'data.list.filter(a, a.n < 100).all(a, data.list.filter(b, b.n < 100).exists(b, b == a)) || true',
    ].slice(0, 5)) {
      expect([source, new Condition(source).of(event)]).toEqual([source, { kind: 'met' }]);
    }
  });

  it('of a text that is to be a condition is bounded as well', () => {
    const sources = [
      ...hostileSources(handlerFields.condition.length.max),
      ...hostileSources(2 * handlerFields.condition.length.max),
    ];
    const dear = sources
      .map((source) => {
        const start = cpuTime();
        conditionFault(source);
        return { source: source.slice(0, 20), ms: cpuTime() - start };
      })
      .filter(({ ms }) => ms > mostMs);
    expect(dear).toEqual([]);
  });
});
