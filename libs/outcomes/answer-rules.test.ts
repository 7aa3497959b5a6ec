import { describe, expect, it } from '@jest/globals';
import type { Answer, OutcomeRule, TaskType } from '#contracts';
import { AnswerRules, keepFault, ruleFault } from './answer-rules.ts';

const event = {
  id: 'e1',
  type: 'clients.create',
  occurredAt: 0,
  objectId: 12,
  body: '{"event":{},"data":{"id":12,"login":"ann"}}',
};
const http = (body: string, status = 200, truncated = false): Answer<'http'> => ({
  status,
  headers: { 'X-Trace': 'T1' },
  body,
  truncated,
});
const script = (stdout: string, exitCode = 0): Answer<'script'> => ({
  exitCode,
  signal: null,
  stdout,
  stderr: '',
  truncated: false,
});
const judged = (
  fields: { outcomes?: OutcomeRule[]; keep?: Record<string, string> },
  answer: Answer,
  { type = 'http', attempt = 1, maybe = false }: { type?: TaskType; attempt?: number; maybe?: boolean } = {},
) => {
  const results = [{ name: 'Create', values: '{"sipId":"S-1"}' }];
  const ruled = new AnswerRules({ outcomes: [], keep: {}, ...fields }).of({
    type,
    answer,
    event,
    results: results,
    attempt,
    maybe,
  });
  return { ...ruled, keeps: ruled.kept() };
};
const fault =
  '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode>s:Client</faultcode>' +
  '<faultstring>no</faultstring></s:Fault></s:Body></s:Envelope>';
const rule = (when: string): OutcomeRule => ({ when, outcome: 'permanent', reason: 'no' });
const holds = (when: string, answer: Answer, further = {}): boolean =>
  judged({ outcomes: [rule(when)] }, answer, further).rule !== undefined;

describe('a rule of answers', () => {
  it.each<[string, Answer, object?]>([
    ['response.status == 200', http('')],
    ['response.headers["x-trace"] == "T1"', http('')],
    ['response.text.contains("exists")', http('it exists')],
    ['response.json.error.code == -32601', http('{"error":{"code":-32601}}')],
    ['has(response.json.error)', http('{"error":null}')],
    ['response.json == null', http('no JSON')],
    ['response.json == null && response.xml == null', http('{"a":1}', 200, true)],
    ['response.xml.Envelope.Body.Fault.faultcode == "s:Client"', http(fault)],
    ['response.xml == null', http('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')],
    ['response.xml == null', http('<a>')],
    ['maybe && response.status == 409', http('', 409), { maybe: true }],
    ['attempt > 2', http(''), { attempt: 3 }],
    ['data.login == "ann" && event.object_id == 12', http('')],
    ['response.exitCode == 3 && response.json.ok', script('{"ok":true}', 3), { type: 'script' }],
  ])('holds: %s', (...[when, answer, further]) => expect(holds(when, answer, further)).toBe(true));

  it.each<[string, Answer]>([
    ['maybe && response.status == 409', http('', 409)],
    ['response.json.error.code == 1', http('{}')],
    ['response.json.a.b', http('{"a":1}')],
  ])('does not hold: %s', (when, answer) => expect(holds(when, answer)).toBe(false));

  it('that comes first decides, and one that cannot be evaluated says so', () => {
    const outcomes: OutcomeRule[] = [
      { when: 'response.json.missing == 1', outcome: 'permanent' },
      { when: 'response.status == 200', outcome: 'success', reason: 'first' },
      { when: 'true', outcome: 'retryable', reason: 'second' },
    ];
    const { rule: found, faults } = judged({ outcomes }, http('{}'));
    expect(found).toMatchObject({ index: 1, outcome: 'success', reason: 'first' });
    expect(faults).toEqual([{ field: 'outcomes.0.when', message: expect.stringContaining('missing') }]);
  });
});

describe('what is kept of an answer', () => {
  it('is as JSON has it, with all digits, and what is too long or not there is left out with a reason', () => {
    const keep = { id: 'response.json.id', long: 'response.text', gone: 'response.json.gone', name: 'data.login' };
    const { keeps, faults } = judged({ keep }, http(`{"id":9223372036854775807,"x":"${'x'.repeat(1_100)}"}`));
    expect(keeps).toBe('{"id":9223372036854775807,"name":"ann"}');
    expect(faults.map(({ field }) => field)).toEqual(['keep.long', 'keep.gone']);
  });

  it('may be an element or attribute of XML', () => {
    const keep = { id: 'response.xml.Envelope.Body.Created.id' };
    expect(
      judged({ keep }, http('<e:Envelope xmlns:e="e"><e:Body><Created id="A-7"/></e:Body></e:Envelope>')).keeps,
    ).toBe('{"id":"A-7"}');
  });
});

describe('what is wrong with a rule', () => {
  it.each([
    ['response.status ==', /./],
    ['request.url == ""', /request/],
    ['1 + 1', /true or false/],
  ])('is said when it is saved: %s', (when, message) =>
    expect(ruleFault(when) ?? keepFault(when) ?? '').toMatch(message),
  );
});
