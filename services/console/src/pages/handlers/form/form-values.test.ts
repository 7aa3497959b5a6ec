import { describe, expect, it } from '@jest/globals';
import { handlerFieldNames } from '#contracts';
import type { HandlerView } from '#contracts/rest-api';
import { ApiProblem, ServerAway } from '../../../api/problem.ts';
import { formErrors } from './form-errors.ts';
import { durationText } from './duration-text.ts';
import { blankValues, cloneOf, faultsOf, inputOf, valuesOf } from './form-values.ts';
import { repeatedNames } from './header-rows.ts';
import { retryTimes } from './retry-times.ts';

const handler: HandlerView = {
  id: '019330c6-0000-7000-8000-000000000001',
  name: 'Create SIP account',
  description: '',
  event: 'clients.accounts.create',
  task: {
    type: 'http',
    url: 'https://switch.example/api',
    method: 'PUT',
    headers: { 'X-Plain': 'seen', Authorization: '***', 'X-Vendor': '***' },
    secretHeaders: ['authorization', 'x-vendor'],
    tls: { certificate: 'PEM', key: '***' },
  },
  status: 'enabled',
  priority: 3,
  onFailure: 'continue',
  timeoutMs: 90_000,
  retry: { maxAttempts: 3, schedule: ['5s', '1m'] },
  maxConcurrency: 8,
  condition: null,
  lasting: null,
  outcomes: [],
  keep: {},
  windows: [],
  releasePerSecond: 100,
  hold: null,
  version: 7,
  createdAt: '2026-03-01T09:15:00.000Z',
  updatedAt: '2026-03-01T09:15:00.000Z',
};

describe('the form of a handler', () => {
  it('gives back what it was given, secrets by their mark', () => {
    const { name, description, event, task, status, priority, onFailure, retry, maxConcurrency } = handler;
    const { outcomes, keep, windows, releasePerSecond } = handler;
    expect(inputOf(valuesOf(handler))).toEqual({
      ...{ name, description, event, task, status, priority, onFailure, retry, maxConcurrency },
      ...{ outcomes, keep, windows, releasePerSecond },
      timeoutMs: 90_000,
      condition: null,
      lasting: null,
      format: 'native',
    });
    expect(inputOf(valuesOf({ ...handler, format: 'cloudevents' })).format).toBe('cloudevents');
    const condition = 'data.id == 1 ||\n  changed("id")';
    expect(inputOf(valuesOf({ ...handler, condition })).condition).toBe(condition);
    expect(inputOf(valuesOf({ ...handler, status: 'archived' })).status).toBe('archived');
  });

  it.each(handlerFieldNames)('saves %s as it was when it is not edited', (field) => {
    const chosen = {
      description: 'why',
      status: 'disabled',
      condition: 'data.id == 1',
      lasting: '5m',
      format: 'cloudevents',
    } as const;
    const windows: HandlerView['windows'] = [{ days: ['sun'], from: '02:00', to: '04:00', timeZone: 'Europe/Berlin' }];
    const outcomes: HandlerView['outcomes'] = [{ when: 'response.status == 409', outcome: 'success', reason: 'there' }];
    const keep = { sipId: 'response.json.id' };
    const set: HandlerView = { ...handler, ...chosen, outcomes, keep, windows };
    expect(inputOf(valuesOf(set))[field]).toEqual(set[field]);
    // A field that has its default here would not show that the form drops it.
    expect(set[field]).not.toEqual(inputOf(blankValues())[field]);
  });

  it('leaves to the API what is not filled in', () => {
    const blank = blankValues('clients.create');
    const { event, task, ...rest } = inputOf({ ...blank, name: 'A', retry: { ...blank.retry, maxAttempts: '' } });
    expect([event, task]).toEqual(['clients.create', { type: 'script', path: '', args: [], mode: 'once' }]);
    const defaults = ['name', 'description', 'status', 'onFailure', 'retry', 'maxConcurrency', 'condition', 'lasting'];
    expect(Object.keys(rest)).toEqual([...defaults, 'format', 'outcomes', 'keep', 'windows', 'releasePerSecond']);
    expect(rest.retry).toEqual({ schedule: ['5s', '5m', '30m', '2h', '5h', '10h', '14h'] });
  });

  it('takes no secret along to a clone, and neither its place nor its being enabled', () => {
    const { name, priority, status, task } = inputOf(cloneOf(handler));
    expect([name, priority, status]).toEqual(['Create SIP account (copy)', undefined, 'disabled']);
    expect(task).toMatchObject({ headers: { 'X-Plain': 'seen', Authorization: '', 'X-Vendor': '' } });
    expect(JSON.stringify(task)).not.toContain('***');
  });

  it('finds what the API could not see or say', () => {
    expect(faultsOf({ ...blankValues(), timeoutMs: 'soon' }, true)).toEqual({
      name: 'Enter a name',
      event: 'Choose an event',
      'task.script.path': 'Enter the path of a script',
      timeoutMs: 'must be a duration, such as 500ms, 10s or 2m',
    });
    expect(faultsOf({ ...valuesOf(handler), timeoutMs: ' ' }, false)).toEqual({ timeoutMs: 'must not be empty' });
    const rows = valuesOf(handler).task.http.headers;
    expect(repeatedNames([...rows, { ...rows[1]!, name: 'AUTHORIZATION ' }])).toEqual([3]);
  });

  it.each([
    [90_000, '90s'],
    [120_000, '2m'],
    [1_500, '1500ms'],
    [7_200_000, '2h'],
  ])('writes %d ms as %s', (ms, text) => expect(durationText(ms)).toBe(text));
});

describe('an error of the API', () => {
  const errors = (field: string, message: string): Record<string, string> | undefined => {
    const problem = { type: 'urn:x:invalid-input', title: 'Bad', status: 400, errors: [{ field, message }] };
    const task: HandlerView['task'] = { type: 'script', path: 'a.sh', args: ['x'], mode: 'once' };
    const isOfScript = /^task\.(path|args|mode)/.test(field);
    return formErrors(new ApiProblem(problem), valuesOf(isOfScript ? { ...handler, task } : handler));
  };

  it.each([
    ['name', 'must not be empty', 'name', 'must not be empty'],
    ['timeoutMs', 'must be from 1', 'timeoutMs', 'must be from 1'],
    ['task.url', 'must not be empty', 'task.http.url', 'must not be empty'],
    ['task.headers.authorization', 'is a secret', 'task.http.headers.1.value', 'is a secret'],
    ['task.headers', 'header Authorization must be given again', 'task.http.headers.1.value', 'must be given again'],
    [
      'task.headers',
      'header "X-Plain" is set by Provisor itself',
      'task.http.headers.0.value',
      'is set by Provisor itself',
    ],
    ['task.headers', 'must have at most 50 headers', 'task.http.headers', 'must have at most 50 headers'],
    ['task.tls', 'is for https:// URLs only', 'task.http.tls.ca', 'is for https:// URLs only'],
    ['task.tls.key', 'is no key', 'task.http.tls.key', 'is no key'],
    ['task.body', 'line 1, column 2: it must be JSON', 'task.http.body', 'line 1, column 2: it must be JSON'],
    [
      'task.args.0',
      'line 1, column 1: {{ is not closed by }}',
      'task.script.args.0.value',
      'line 1, column 1: {{ is not closed by }}',
    ],
    ['outcomes.0.when', 'must be true or false', 'outcomes.0.when', 'must be true or false'],
    ['keep', 'must have at most 16 values', 'keep', 'must have at most 16 values'],
    ['status', 'must be one of', 'status', 'must be one of'],
    ['condition', 'must be a condition in CEL', 'condition', 'must be a condition in CEL'],
    ['task.args', 'item 0 has a NUL', 'task.script.args.0.value', 'has a NUL'],
    ['retry.schedule', 'item 1 must be a duration', 'retry.schedule', 'delay 2 must be a duration'],
  ])('of %s, %s, stands at %s', (field, message, place, shown) => {
    expect(errors(field, message)).toEqual({ [place]: shown });
  });

  it('is shown as a whole when the form has no field for it', () => {
    expect(errors('id', 'is unknown')).toBeUndefined();
    expect(formErrors(new ServerAway(), valuesOf(handler))).toBeUndefined();
  });
});

it.each([
  [1, ['5s'], 'No retries: fails after the first attempt.'],
  [4, ['5s', '5m'], 'Retries after 5 s, 5 min 5 s, 10 min 5 s. Fails 10 min 5 s after the first attempt.'],
  [20, ['1s'], /12 s, … \(19 times\)\. Fails 19 s after/],
])('tells when %d attempts with waits of %j are made', (maxAttempts, waits, text) => {
  expect(retryTimes(maxAttempts, waits)).toMatch(text);
});

it.each([
  [Number.NaN, ['5s']],
  [3, []],
  [3, ['5s', 'later']],
])('tells no times of %p and %j', (maxAttempts, waits) => expect(retryTimes(maxAttempts, waits)).toBeUndefined());
