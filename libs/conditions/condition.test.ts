import { describe, expect, it } from '@jest/globals';
import { handlerFields } from '#contracts';
import { Condition, conditionFault } from './condition.ts';
import type { ConditionEvent } from './event-variables.ts';

const data = `{
  "id": 12, "status": "active", "balance": 10.5, "note": null, "address": { "city": "Paris", "zip": "75000" },
  "tags": ["vip", "new"], "lines": [{ "n": 1 }, { "n": 2 }], "whole": 1.0, "exponent": 1e3, "negative": -7, "zero": 0, "minusZero": -0,
  "beyondDouble": 9007199254740993, "maxInt": 9223372036854775807, "minInt": -9223372036854775808,
  "maxUint": 18446744073709551615, "longer": 123456789012345678901234567890, "huge": 1E400, "tiny": 1e-400,
  "prices": { "12": 3, "true": 4 }, "text": "a𝒳b", "__proto__": { "x": 1 }, "phone": "+4915112345"
}`;
const previous = `{ "status": "blocked", "address": { "city": "Lyon", "zip": "75000" }, "tags": ["vip", "new"], "gone": 1,
  "id": 12.0, "beyondDouble": 9007199254740992, "huge": 1E401 }`;

function eventOf(changes: { data?: string; previous?: string; objectId?: number | string } = {}): ConditionEvent {
  const given = { data, previous, ...changes };
  return {
    id: 'e-1',
    type: 'clients.update',
    occurredAt: Date.UTC(2026, 2, 1, 9, 15),
    objectId: changes.objectId ?? 12,
    body: `{"event": {"id": "e-1"}, "data": ${given.data}, "previous": ${given.previous}}`,
  };
}

const event = eventOf();
const verdict = (source: string, asked = event) => new Condition(source).of(asked);

describe('a condition', () => {
  it.each([
    'data.status == "active" && changed("status")',
    'data.note == null',
    'has(data.status) && !has(data.missing) && has(data.note)',
    '!has(data.constructor) && has(data.__proto__) && data["__proto__"].x == 1',
    '"status" in data && !("missing" in data)',
    'event.object_id == 12 && event.id == "e-1" && event.events_id == "clients.update"',
    'timestamp(event.dt) < timestamp("2026-03-02T00:00:00Z")',
    'previous.status == "blocked"',
    'changed("address.city") && !changed("address.zip") && changed("address")',
    'changed("gone") && !changed("tags") && !changed("nowhere.at.all") && !changed("")',
    'data.tags.exists(tag, tag == "vip") && "new" in data.tags',
    'data.lines.all(line, line.n > 0)',
    'data.lines.exists_one(line, line.n == 2)',
    'data.lines.filter(line, line.n > 1).size() == 1',
    'data.address.exists(field, field == "zip")',
    'data.lines.exists(data, data.n == 2)',
    '[1, 2].all(a, [3, 4].exists(b, [5].exists(c, a < b && b < c)))',
    'data.status.startsWith("act") && data.status.contains("iv") && size(data.status) == 6',
    'data["status"] == "active" ? true : false',
    'data.missing == 1 || true',
    'true || data.missing == 1',
    '!(data.missing == 1 && false)',
    'data.lines.exists(line, line.missing == 1 || line.n == 2)',
    'data.lines.exists(line, (line.n == 1 ? line.missing : 1) == 1)',
    '{"a": 1, 2: "b"} == {2u: "b", "a": 1.0} && {"a": [1]} != {"a": [2]}',
    '[1, "a", null, [true]] == [1.0, "a", null, [true]]',
    '("a" + "b") + "c" == "abc" && [1] + [2] == [1, 2]',
    'type(data.id) == int && type(data.whole) == double && type(data.note) == null_type && type(data) == map',
    'type(timestamp(event.dt)) == google.protobuf.Timestamp && type(1u) == uint && type("") == string',
    'b"abc" == b"abc" && size(b"abc") == 3 && string(b"abc") == "abc"',
  ])('holds: %s', (source) => expect(verdict(source)).toEqual({ kind: 'met' }));

  it.each(['data.id == "12"', 'data.status == "blocked"', 'changed("balance")', 'false', 'has(data.note.x)'])(
    'does not hold: %s',
    (source) => expect(verdict(source)).toEqual({ kind: 'unmet' }),
  );

  it('finds nothing changed where the event does not say what was before', () => {
    const source = 'changed("status") || has(previous.status)';
    for (const without of ['null', '{}']) {
      expect(verdict(source, eventOf({ previous: without }))).toEqual({ kind: 'unmet' });
    }
    expect(new Condition(source).of({ ...event, body: '{"data":{}}' })).toEqual({ kind: 'unmet' });
  });

  it.each([
    ['data.missing == 1', 'No such key: missing (line 1, column 6)'],
    ['data.id == 12 &&\n  data.id + "1" == 13', '+ does not take an int and a string (line 2, column 3)'],
    ['data.constructor == null', 'No such key: constructor (line 1, column 6)'],
    ['data.tags[2] == "x"', 'the list has 2 items, and none at 2 (line 1, column 1)'],
    ['data.tags[-1] == "x"', 'the list has 2 items, and none at -1 (line 1, column 1)'],
    ['data.tags["0"] == "x"', 'No such key: 0 (line 1, column 1)'],
    [
      'data.prices[data.id] == 3',
      'No such key: 12; keys of the event are strings, so write string(…) (line 1, column 1)',
    ],
    ['data.status', 'it came to something that is neither true nor false'],
    ['data.status && true', '&& takes true or false, not a string (line 1, column 6)'],
    ['data.status.indexOf(1) == 2', /^there is no dyn.indexOf\(int\); there is string.indexOf\(string\), /],
    ['data.id.startsWith("a")', /^there is no int.startsWith\(string\)/],
    ['data.id in 12', /in takes a list or a map/],
    ['data.id.exists(x, true)', 'exists takes a list or a map, not an int (line 1, column 1)'],
    ['data.tags.all(t, t)', 'all takes true or false, not a string (line 1, column 18)'],
    ['{"a": 1, "a": 2} == data', 'a map has each key once (line 1, column 1)'],
    ['bool(data.status)', /bool\(\) takes "true" or "false"/],
  ])('fails, and says why and where: %s', (source, message) => {
    const found = fault(source);
    if (typeof message === 'string') expect(found).toBe(message);
    else expect(found).toMatch(message);
  });

  it('names the field that is absent', () => {
    expect(verdict('data.address.street == "x"')).toMatchObject({ kind: 'failed', missing: 'data.address.street' });
    expect(verdict('previous["status-code"] == "x"')).toMatchObject({ missing: 'previous.status-code' });
    expect(verdict('data.id / 0 == 1')).not.toHaveProperty('missing');
  });

  it('says nothing of what a string of the event says', () => {
    expect(fault('data[data.phone] == 1')).toBe('No such key: a string of 11 characters (line 1, column 1)');
    for (const name of ['int', 'uint', 'double', 'bool', 'timestamp', 'duration']) {
      expect(fault(`dyn(${name}(data.phone + "x")) == 1`)).not.toContain('49151');
    }
  });

  it('is asked of one event after another', () => {
    const condition = new Condition('changed("status") && data.missing == 1');
    expect(condition.of(event).kind).toBe('failed');
    expect(condition.of(eventOf({ previous: '{"status":"active"}' }))).toEqual({ kind: 'unmet' });
    expect(condition.of(eventOf({ data: '{"status":"x","missing":1}' }))).toEqual({ kind: 'met' });
  });
});

/** The message of a condition that fails, whether for the event or already as it is saved. */
function fault(source: string): string {
  const saved = conditionFault(source);
  if (saved !== undefined) return saved;
  const asked = verdict(source);
  return asked.kind === 'failed' ? asked.message : asked.kind;
}

describe('a number of the event', () => {
  it.each([
    'data.id % 2 == 0',
    'data.id + 1 == 13 && data.id - 1 == 11 && data.id * 2 == 24 && data.id / 5 == 2 && data.negative / 2 == -3',
    'data.negative % 2 == -1',
    'event.object_id % 2 == 0 && event.object_id + 1 == 13',
    'data.balance * 2 == 21 && 2 * data.balance == 21.0 && data.balance + data.id == 22.5 && data.balance % 2 == 0.5',
    'data.balance > 10 && data.balance < 11u && data.id >= 12.0 && data.id < 12.5',
    'data.id == 12.0 && data.id == 12u && 12.0 == data.id && data.id != 12.5',
    'data.id in [11, 12] && data.id in [12.0] && data.id in [12u] && !(data.id in [12.5])',
    'data.id in {12: "a"} && data.id in {12u: "a"} && data.whole in {1: "a"} && !(data.balance in {10: "a"})',
    '{12: "a"}[data.id] == "a" && {1: "a"}[data.whole] == "a" && {1: "a"}[1u] == "a"',
    'data.tags[data.zero] == "vip" && data.tags[data.whole] == "new" && data.tags[1u] == "new"',
    'data.prices["12"] == 3 && data.prices[string(data.id)] == 3',
    'data.beyondDouble == 9007199254740993 && data.beyondDouble != 9007199254740992 && data.beyondDouble - 1 == 9007199254740992',
    'data.beyondDouble % 2 == 1 && string(data.beyondDouble) == "9007199254740993"',
    'data.beyondDouble > 9007199254740992.0 && data.beyondDouble != 9007199254740992.0',
    'data.maxInt == 9223372036854775807 && data.minInt == -9223372036854775808 && type(data.minInt) == int',
    'data.maxUint == 18446744073709551615u && type(data.maxUint) == uint && data.maxUint % 2 == 1',
    'data.maxUint - data.id == 18446744073709551603u && data.maxUint - data.maxUint == 0',
    'data.maxUint > data.maxInt && data.minInt < data.maxUint',
    'type(data.longer) == double && data.longer > 1.0e29',
    'type(data.whole) == double && data.whole == 1 && type(data.exponent) == double && data.exponent == 1000',
    'type(data.minusZero) == int && data.minusZero == 0 && data.tiny == 0',
    'int(data.balance) == 10 && int(data.negative / 2.0) == -3 && double(data.id) / 5 == 2.4 && uint(data.id) == 12u',
    'string(data.id) == "12" && string(data.balance) == "10.5" && string(data.whole) == "1"',
    'int("12") == data.id && double("1e3") == data.exponent && uint("12") == 12u && int("-9223372036854775808") == data.minInt',
    'size(data.tags) == data.lines.size() && size(data.tags) * data.balance == 21.0',
    '(data.id > 10 ? data.id : data.balance) == 12 && (true ? 1 : 1.5) == 1',
    'changed("beyondDouble") && !changed("id")',
    '-data.negative == 7 && -data.balance < 0 && -1u == -1',
    'data.lines.exists(line, line.n % 2 == 0)',
    '7.5 % 2 == 1.5 && 1 / 2 == 0 && 1 / 2.0 == 0.5 && 1u + 1 == 2 && 1u - 2 == -1 && 5u / 2u == 2u',
    '0.1 + 0.2 != 0.3 && 1e308 < 1.5e308',
  ])('is what people take it for: %s', (source) =>
    expect([source, verdict(source)]).toEqual([source, { kind: 'met' }]),
  );

  it('is a whole one as `event.object_id`, or a string', () => {
    expect(verdict('event.object_id % 2 == 1', eventOf({ objectId: 9007199254740991 }))).toEqual({ kind: 'met' });
    expect(verdict('event.object_id == "A-1"', eventOf({ objectId: 'A-1' }))).toEqual({ kind: 'met' });
  });

  it.each([
    ['data.id / 0 == 1', 'division by zero (line 1, column 1)'],
    ['data.id / data.zero == 1', 'division by zero (line 1, column 1)'],
    ['data.id / 0.0 == 1', 'division by zero (line 1, column 1)'],
    ['data.balance / data.zero == 1', 'division by zero (line 1, column 1)'],
    ['data.balance % 0 == 1', 'remainder of a division by zero (line 1, column 1)'],
    ['data.id % data.minusZero == 1', 'remainder of a division by zero (line 1, column 1)'],
    ['data.maxInt + 1 == 0', 'the result of + does not fit into an int of 64 bits (line 1, column 1)'],
    ['data.minInt - 1 == 0', /- does not fit into an int/],
    ['data.minInt * -1 == 0', /\* does not fit into an int/],
    ['data.minInt / -1 == 0', /\/ does not fit into an int/],
    ['-data.minInt == 0', /- does not fit into an int/],
    ['data.maxUint + 1 == 0', /\+ does not fit/],
    ['1u - 2u == 0', /- does not fit into a uint/],
    ['1e308 * 10 == 0', /too large for a double/],
    ['data.huge > 1', 'a number of the event is too large for a double (line 1, column 1)'],
    ['data.huge == data.huge', /too large for a double/],
    ['changed("huge")', /too large for a double/],
    ['data.huge * 0 == 0', /too large for a double/],
    ['int(data.huge) == 0', /too large for a double/],
    ['string(data.huge) == ""', /too large for a double/],
    ['int(data.longer) == 1', 'int() takes what fits into 64 bits with a sign (line 1, column 1)'],
    ['int(data.maxUint) == 1', /int\(\) takes what fits/],
    ['uint(data.negative) == 1u', /uint\(\) takes what fits/],
    ['int("12.5") == 12', /int\(\) takes a string of digits/],
    ['int(" 12") == 12', /int\(\)/],
    ['int("0x10") == 16', /int\(\)/],
    ['int("9223372036854775808") == 0', /int\(\)/],
    ['double("NaN") == 1.0', /double\(\) takes a string like/],
    ['double("Infinity") > 1.0', /double\(\)/],
    ['double("1e999") > 1.0', /double\(\)/],
    ['double("") == 0.0', /double\(\)/],
    ['data.id + data.status == "12active"', /\+ does not take an int and a string/],
    ['data.id < data.status', /< does not take an int and a string/],
    ['data.note > 1', /> does not take null and an int/],
  ])('fails in plain words: %s', (source, message) => {
    if (typeof message === 'string') expect(fault(source)).toBe(message);
    else expect(fault(source)).toMatch(message);
  });
});

describe('a text of the event', () => {
  it.each([
    'size(data.text) == 3 && data.text.size() == 3',
    'data.text.indexOf("b") == 2 && data.text.indexOf("b", 2) == 2 && data.text.lastIndexOf("𝒳") == 1 && data.text.indexOf("c") == -1',
    'data.text.substring(1) == "𝒳b" && data.text.substring(1, 2) == "𝒳" && data.text.substring(3) == ""',
    '"aXbXc".lastIndexOf("X", 2) == 1 && "abc".indexOf("") == 0 && "abc".lastIndexOf("") == 3 && "abab".lastIndexOf("ab") == 2',
    '"ÀBC".lowerAscii() == "Àbc" && "àbc".upperAscii() == "àBC" && " a ".trim() == "a"',
    '"\\uE000" < "𝒳" && "a" < "b" && "a" < "ab" && "B" < "a" && !("a" < "a") && "a" <= "a"',
    '"abc".endsWith("bc") && !"abc".endsWith("abcd") && "abc".contains("") && "abc".startsWith("")',
    '"é" != "e\\u0301"',
  ])('is read in code points: %s', (source) => expect([source, verdict(source)]).toEqual([source, { kind: 'met' }]));

  it.each(['data.text.substring(4) == ""', 'data.text.substring(2, 1) == ""', '"a".indexOf("a", -1) == 0'])(
    'has no places but its own: %s',
    (source) => expect(fault(source)).toMatch(/within the string/),
  );
});

describe('a time', () => {
  it.each([
    'timestamp("2026-03-01T09:15:00.123456789Z") > timestamp("2026-03-01T09:15:00.123456788Z")',
    'timestamp("2026-03-01T10:15:00+01:00") == timestamp(event.dt) && timestamp(1772356500) == timestamp(event.dt)',
    'timestamp(event.dt) - timestamp("2026-03-01T09:00:00Z") == duration("15m") && timestamp(event.dt) + duration("1h30m") > timestamp(event.dt)',
    'timestamp("0099-01-01T00:00:00Z").getFullYear() == 99 && timestamp("1960-01-01T00:00:00.25Z").getMilliseconds() == 250',
    'timestamp(event.dt).getHours("Europe/Rome") == 10 && timestamp(event.dt).getHours("+05:30") == 14 && timestamp(event.dt).getMinutes("-00:30") == 45',
    'timestamp("2026-07-01T23:30:00Z").getDayOfMonth("Europe/Rome") == 1 && timestamp("2026-07-01T23:30:00Z").getDate("Europe/Rome") == 2',
    'timestamp("2024-12-31T12:00:00Z").getDayOfYear() == 365 && timestamp("2026-01-01T00:00:00Z").getDayOfYear() == 0 && timestamp("2026-07-02T00:00:00Z").getDayOfYear() == 182',
    'timestamp(event.dt).getFullYear() == 2026 && timestamp(event.dt).getMonth() == 2 && timestamp(event.dt).getDayOfWeek() == 0 && timestamp(event.dt).getSeconds() == 0',
    'duration("1.5h") == duration("90m") && duration("-1m") < duration("0") && duration("1h1m1s").getMinutes() == 61 && duration("1ms500us").getMilliseconds() == 1',
    'string(duration("1m0.5s")) == "60.5s" && string(timestamp("2026-03-01T09:15:00.120Z")) == "2026-03-01T09:15:00.12Z" && int(timestamp(event.dt)) == 1772356500',
  ])('is read strictly and reckoned with: %s', (source) =>
    expect([source, verdict(source)]).toEqual([source, { kind: 'met' }]),
  );

  it.each([
    ['timestamp("2026-02-30T00:00:00Z") > timestamp(0)', /2026-02-30 does not/],
    ['timestamp("2026-03-01T24:00:00Z") > timestamp(0)', /hour from 00 to 23/],
    ['timestamp("2026-03-01") > timestamp(0)', /date and time with an offset/],
    ['timestamp(99999999999999) > timestamp(0)', /years 0000 to 9999/],
    ['timestamp("9999-12-31T00:00:00Z") + duration("48h") > timestamp(0)', /years 0000 to 9999/],
    ['timestamp(event.dt).getHours("Nowhere/At_All") == 1', /time zone is a name like/],
    ['duration("1 h") == duration("1h")', /duration\(\) takes/],
    ['duration("999999999999999h") > duration("1h")', /shorter than 10,000 years/],
  ])('fails in plain words: %s', (source, message) => expect(fault(source)).toMatch(message));
});

describe('what is no condition', () => {
  it.each([
    ['', /line 1, column 1/],
    ['data.status ==', /line 1, column 15/],
    ['data.status == "é" &&\n  𝒳', /line 2, column 3/],
    ['nobody == 1', /Unknown variable: nobody \(line 1, column 1\)/],
    ['changed(1)', /changed\(\) takes the path/],
    ['has(data)', /has\(\) takes a field/],
    ['data.id', undefined],
    ['"text"', /must be true or false, and is a string/],
    ['1 + 1', /is an int/],
    ['1 == "a"', /never equal/],
    ['"a" + 1 == "a1"', /\+ does not take a string and an int/],
    ['!1', /! takes true or false/],
    ['1 ? true : false', /\? takes true or false/],
    ['9223372036854775808 == 1', /does not fit into an int/],
    ['-9223372036854775809 == 1', /does not fit into an int/],
    ['data.status.matches("(a+)+$")', /matches cannot be called here \(line 1, column 1\)/],
    ['data.tags.map(t, t + t) == []', /map cannot be called/],
    ['cel.bind(a, data.status + data.status, a == a)', /bind cannot be called/],
    ['data.constructor("x")', /constructor cannot be called/],
    ['toString() == 1', /toString cannot be called/],
    [Array.from({ length: 100 }, () => 'data.id == 1').join(' || '), /AST/i],
    [`${'('.repeat(100)}true${')'.repeat(100)}`, /depth/i],
    ['x'.repeat(2 * handlerFields.condition.length.max + 1), /at most 2000 characters/],
  ])('is told what is wrong, and where: %s', (source, words) => {
    const message = conditionFault(source);
    if (words === undefined) expect(message).toBeUndefined();
    else expect(message).toMatch(words);
  });
});
