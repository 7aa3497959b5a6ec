import { expect, test } from '@jest/globals';
import type { Execution, JournalEvent } from './api.ts';
import { expectInOrder } from './expectation.ts';
import { timeline } from './timeline.ts';

function execution(handlerName: string, outcome: string): Execution {
  const attempt = { number: 1, outcome, reason: outcome === 'success' ? null : 'timeout', durationMs: 12.4 };
  return { handlerName, status: 'x', durationMs: 12.4, attempts: [attempt] };
}

function event(status: JournalEvent['status'], executions: Execution[]): JournalEvent {
  return { id: '0193a1b2-0000-7000-8000-0000aabbccdd', type: 'clients.custom_fields.update', status, executions };
}

const handlers = ['script', 'call'].map((name, index) => ({
  id: name,
  version: 1,
  name,
  description: '',
  event: 'clients.custom_fields.update',
  task: { type: 'http' as const, url: '', method: 'POST' as const },
  status: 'enabled' as const,
  priority: index + 1,
}));

test('a timeline names the event once, then its handlers in order, within 80 columns', () => {
  const long = execution('Demo: a handler with a very long name', 'success');
  const lines = timeline([event('succeeded', [execution('script', 'success'), long])]).split('\n');
  expect(lines).toEqual([
    'EVENT                         #  HANDLER                       OUTCOME    TIME',
    'clients.custom_fields.update  1  script                        success     12 ms',
    '                              2  Demo: a handler with a very…  success     12 ms',
  ]);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
});

test('what ran in the order of the priorities is as expected, whatever else ran', () => {
  const ran = ['script', 'of another event', 'call'].map((name) => execution(name, 'success'));
  expect(() => expectInOrder(event('succeeded', ran), handlers)).not.toThrow();
});

test('another order, a handler that did not run and a failed event are told apart', () => {
  const [script, call] = [execution('script', 'success'), execution('call', 'success')];
  expect(() => expectInOrder(event('succeeded', [call, script]), handlers)).toThrow(
    '[call, script], and not [script, call]',
  );
  expect(() => expectInOrder(event('succeeded', [script]), handlers)).toThrow('[script], and not [script, call]');
  const failed = [execution('script', 'permanent')];
  expect(() => expectInOrder(event('failed', failed), handlers)).toThrow('script: timeout');
});
