import { describe, expect, it } from '@jest/globals';
import type { FailurePolicy } from '#contracts';
import { permanent, retryable, type FailureReason } from '../call/outcome.ts';
import { next } from './plan.ts';
import { admit, begin, type Admission, type Arriving } from './progress.ts';
import type { KnownExecution } from '../record/run.ts';
import { HandlerCatalog, type PlannedHandler } from './handler-catalog.ts';
import { noon, played, situationOf, type Answer, type Scenario } from './testing/played-plan.ts';

type Row = [name: string, scenario: Scenario, moves: string[]];

/**
 * What comes next, move by move. Handlers have 3 attempts, after 5 seconds and a minute, unless a row says otherwise.
 */
const table: Record<string, Row[]> = {
  'the order of a plan': [
    ['no handler: the event ends', { plan: {} }, ['end succeeded']],
    ['one handler', { plan: { a: 'stop' }, answers: ['ok'] }, ['call a 1', 'note a succeeded', 'end succeeded']],
    [
      'several, one after another',
      { plan: { a: 'stop', b: 'continue', c: 'detach' }, answers: ['ok', 'ok', 'ok'] },
      ['call a 1', 'note a succeeded', 'call b 1', 'note b succeeded', 'call c 1', 'note c succeeded', 'end succeeded'],
    ],
    [
      'in the slow lane as in the fast one',
      { plan: { a: 'stop', b: 'stop' }, lane: 'slow', answers: ['ok', 'ok'] },
      ['call a 1', 'note a succeeded', 'call b 1', 'note b succeeded', 'end succeeded'],
    ],
    [
      'when a person wants it tried now, likewise',
      { plan: { a: 'stop', b: 'stop' }, lane: 'urgent', answers: ['ok', 'ok'] },
      ['call a 1', 'note a succeeded', 'call b 1', 'note b succeeded', 'end succeeded'],
    ],
  ],

  'a permanent failure': [
    [
      'of the only handler ends the event',
      { plan: { a: 'stop' }, answers: ['!http_status'] },
      ['call a 1', 'note a failed http_status', 'end failed'],
    ],
    [
      'with onFailure stop skips those after it',
      { plan: { a: 'stop', b: 'stop', c: 'stop' }, answers: ['!http_status'] },
      ['call a 1', 'note a failed http_status', 'end failed skipped b c'],
    ],
    [
      'with onFailure continue lets the others run',
      { plan: { a: 'continue', b: 'stop' }, answers: ['!exit_code', 'ok'] },
      ['call a 1', 'note a failed exit_code', 'call b 1', 'note b succeeded', 'end failed'],
    ],
    [
      'with onFailure detach lets the others run',
      { plan: { a: 'detach', b: 'stop' }, answers: ['!exit_code', 'ok'] },
      ['call a 1', 'note a failed exit_code', 'call b 1', 'note b succeeded', 'end failed'],
    ],
    [
      'of the last handler skips no handler',
      { plan: { a: 'stop', b: 'stop' }, answers: ['ok', '!redirect'] },
      ['call a 1', 'note a succeeded', 'call b 1', 'note b failed redirect', 'end failed'],
    ],
    [
      'of the middle one skips only what comes after it',
      { plan: { a: 'stop', b: 'stop', c: 'stop' }, answers: ['ok', '!redirect'] },
      ['call a 1', 'note a succeeded', 'call b 1', 'note b failed redirect', 'end failed skipped c'],
    ],
    [
      'of several that let others run is told once',
      { plan: { a: 'continue', b: 'continue', c: 'stop' }, answers: ['!exit_code', '!exit_code', 'ok'] },
      [
        'call a 1',
        'note a failed exit_code',
        'call b 1',
        'note b failed exit_code',
        'call c 1',
        'note c succeeded',
        'end failed',
      ],
    ],
    [
      'after one that let others run, with onFailure stop',
      { plan: { a: 'continue', b: 'stop', c: 'stop' }, answers: ['!exit_code', '!exit_code'] },
      ['call a 1', 'note a failed exit_code', 'call b 1', 'note b failed exit_code', 'end failed skipped c'],
    ],
  ],

  'a failed event that is resumed': [
    [
      'calls what failed, and then what was skipped because of it',
      {
        plan: { a: 'stop', b: 'stop', c: 'stop' },
        known: { a: { status: 'succeeded' }, b: { status: 'failed', attempts: 3 } },
        resume: { failed: { b: 3 }, skipped: ['c'] },
        answers: ['ok', 'ok'],
      },
      ['call b 4', 'note b succeeded', 'call c 1', 'note c succeeded', 'end succeeded'],
    ],
    [
      'has the attempts of its retry policy once more',
      {
        plan: { a: 'stop' },
        known: { a: { status: 'failed', attempts: 3 } },
        resume: { failed: { a: 3 } },
        answers: ['timeout'],
      },
      ['call a 4', 'note a waiting timeout 5000', 'defer a retry 5000'],
    ],
    [
      'fails in between when its attempts are used up again, and skips the rest once more',
      {
        plan: { a: { maxAttempts: 1 }, b: 'stop' },
        known: { a: { status: 'failed', attempts: 1 } },
        resume: { failed: { a: 1 }, skipped: ['b'] },
        answers: ['timeout'],
      },
      ['call a 2', 'note a failed timeout', 'end failed skipped b'],
    ],
    [
      'whose skipped handler fails',
      {
        plan: { a: 'stop', b: 'stop', c: 'stop' },
        known: { a: { status: 'failed' } },
        resume: { failed: { a: 1 }, skipped: ['b', 'c'] },
        answers: ['ok', '!exit_code'],
      },
      ['call a 2', 'note a succeeded', 'call b 1', 'note b failed exit_code', 'end failed skipped c'],
    ],
    [
      'with onFailure continue calls only what failed',
      {
        plan: { a: 'continue', b: 'stop' },
        known: { a: { status: 'failed', attempts: 3 }, b: { status: 'succeeded' } },
        resume: { failed: { a: 3 } },
        answers: ['ok'],
      },
      ['call a 4', 'note a succeeded', 'end succeeded'],
    ],
    [
      'leaves a failure alone that is not asked for',
      {
        plan: { a: 'continue', b: 'continue', c: 'stop' },
        known: { a: { status: 'failed' }, b: { status: 'failed' }, c: { status: 'succeeded' } },
        resume: { failed: { b: 1 } },
        answers: ['ok'],
      },
      ['call b 2', 'note b succeeded', 'end failed'],
    ],
    [
      'stays stopped by a failure that is not asked for',
      {
        plan: { a: 'continue', b: 'stop', c: 'stop' },
        known: { a: { status: 'failed' }, b: { status: 'failed' } },
        resume: { failed: { a: 1 }, skipped: ['c'] },
        answers: ['ok'],
      },
      ['call a 2', 'note a succeeded', 'end failed skipped c'],
    ],
    [
      'passes what a person has settled, and calls what was skipped because of it',
      {
        plan: { a: 'stop', b: 'stop' },
        known: { a: { status: 'failed' } },
        resume: { settled: ['a'], skipped: ['b'] },
        answers: ['ok'],
      },
      ['call b 1', 'note b succeeded', 'end failed'],
    ],
    [
      'passes a handler that is archived, and calls what was skipped because of it',
      {
        plan: { a: { gone: true }, b: 'stop' },
        known: { a: { status: 'failed' } },
        resume: { failed: { a: 1 }, skipped: ['b'] },
        answers: ['ok'],
      },
      ['call b 1', 'note b succeeded', 'end failed'],
    ],
    [
      'skips a skipped handler that is archived by now',
      {
        plan: { a: 'stop', b: { gone: true }, c: 'stop' },
        known: { a: { status: 'failed' } },
        resume: { failed: { a: 1 }, skipped: ['b', 'c'] },
        answers: ['ok', 'ok'],
      },
      ['call a 2', 'note a succeeded', 'call c 1', 'note c succeeded', 'end succeeded skipped b disabled b'],
    ],
    [
      'asks the condition that its handler has by now',
      {
        plan: { a: { condition: true }, b: 'stop' },
        known: { a: { status: 'failed' } },
        resume: { failed: { a: 1 }, skipped: ['b'] },
        answers: ['unmet', 'ok'],
      },
      ['ask a', 'close a skipped condition_unmet', 'call b 1', 'note b succeeded', 'end succeeded skipped a'],
    ],
    [
      'follows a handler that was changed to continue',
      {
        plan: { a: { onFailure: 'continue', maxAttempts: 1 }, b: 'stop' },
        known: { a: { status: 'failed' } },
        resume: { failed: { a: 1 }, skipped: ['b'] },
        answers: ['timeout', 'ok'],
      },
      ['call a 2', 'note a failed timeout', 'call b 1', 'note b succeeded', 'end failed'],
    ],
    [
      'leaves a detached execution that waits to itself',
      {
        plan: { a: 'detach', b: 'stop' },
        known: { a: { status: 'waiting', dueIn: 9_000 }, b: { status: 'failed' } },
        resume: { failed: { b: 1 } },
        answers: ['ok'],
      },
      ['call b 2', 'note b succeeded', 'end succeeded'],
    ],
    [
      'does not ask again for what was not for the event',
      {
        plan: { a: { condition: true }, b: 'stop' },
        known: { a: { status: 'skipped' }, b: { status: 'failed' } },
        resume: { failed: { b: 1 } },
        answers: ['ok'],
      },
      ['call b 2', 'note b succeeded', 'end succeeded skipped a'],
    ],
    [
      'whose attempts have left the journal',
      { plan: { a: 'stop', b: 'stop' }, resume: { failed: { a: 3 }, skipped: ['b'] }, answers: ['ok', 'ok'] },
      ['call a 4', 'note a succeeded', 'call b 1', 'note b succeeded', 'end succeeded'],
    ],
    [
      'whose executor was killed before the call is called once more',
      {
        plan: { a: 'stop' },
        known: { a: { status: 'failed', attempts: 2 } },
        resume: { failed: { a: 2 } },
        lane: 'slow',
        answers: ['ok'],
      },
      ['call a 3', 'note a succeeded', 'end succeeded'],
    ],
    [
      'whose executor was killed after the call had succeeded does not call it again',
      {
        plan: { a: 'stop', b: 'stop' },
        known: { a: { status: 'succeeded', attempts: 3 } },
        resume: { failed: { a: 2 }, skipped: ['b'] },
        answers: ['ok'],
      },
      ['call b 1', 'note b succeeded', 'end succeeded'],
    ],
    [
      'whose executor was killed while it retried waits until the retry is due',
      {
        plan: { a: 'stop' },
        known: { a: { status: 'waiting', attempts: 3, dueIn: 4_000 } },
        resume: { failed: { a: 2 } },
        lane: 'slow',
      },
      ['defer a retry 4000'],
    ],
    [
      'whose executor was killed after the last attempt has failed',
      {
        plan: { a: { maxAttempts: 1 }, b: 'stop' },
        known: { a: { status: 'failed', attempts: 3 } },
        resume: { failed: { a: 2 }, skipped: ['b'] },
      },
      ['end failed skipped b'],
    ],
    [
      'whose executor was killed after a skipped handler was called',
      {
        plan: { a: 'stop', b: 'stop' },
        known: { a: { status: 'succeeded', attempts: 3 }, b: { status: 'waiting', attempts: 1, dueIn: 4_000 } },
        resume: { failed: { a: 2 }, skipped: ['b'] },
      },
      ['defer b retry 4000'],
    ],
    [
      'with nothing left to be called ends as it is',
      { plan: { a: 'stop' }, known: { a: { status: 'succeeded' } }, resume: {} },
      ['end succeeded'],
    ],
    [
      'that is given up while it waits fails again',
      {
        plan: { a: 'stop', b: 'stop' },
        known: { a: { status: 'failed', attempts: 2 } },
        resume: { failed: { a: 2 }, skipped: ['b'] },
        giveUp: true,
      },
      ['close a failed given_up', 'end failed skipped b'],
    ],
  ],

  'a failure that may pass': [
    [
      'puts the event into the slow lane until the retry is due',
      { plan: { a: 'stop' }, answers: ['http_status'] },
      ['call a 1', 'note a waiting http_status 5000', 'defer a retry 5000'],
    ],
    [
      'holds those after it up with onFailure stop',
      { plan: { a: 'stop', b: 'stop' }, answers: ['http_status'] },
      ['call a 1', 'note a waiting http_status 5000', 'defer a retry 5000'],
    ],
    [
      'holds those after it up with onFailure continue, too',
      { plan: { a: 'continue', b: 'stop' }, answers: ['timeout'] },
      ['call a 1', 'note a waiting timeout 5000', 'defer a retry 5000'],
    ],
    [
      'goes on by itself with onFailure detach',
      { plan: { a: 'detach', b: 'stop' }, answers: ['timeout', 'ok'] },
      [
        'call a 1',
        'note a waiting timeout 5000',
        'detach a retry 5000',
        'call b 1',
        'note b succeeded',
        'end succeeded',
      ],
    ],
    [
      'of the last handler with onFailure detach ends the rest',
      { plan: { a: 'detach' }, answers: ['timeout'] },
      ['call a 1', 'note a waiting timeout 5000', 'detach a retry 5000', 'end succeeded'],
    ],
    [
      'of two that are detached',
      { plan: { a: 'detach', b: 'detach', c: 'stop' }, answers: ['timeout', 'signal', 'ok'] },
      [
        'call a 1',
        'note a waiting timeout 5000',
        'detach a retry 5000',
        'call b 1',
        'note b waiting signal 5000',
        'detach b retry 5000',
        'call c 1',
        'note c succeeded',
        'end succeeded',
      ],
    ],
    [
      'of a detached one, and then of one that is not',
      { plan: { a: 'detach', b: 'stop', c: 'stop' }, answers: ['timeout', 'timeout'] },
      [
        'call a 1',
        'note a waiting timeout 5000',
        'detach a retry 5000',
        'call b 1',
        'note b waiting timeout 5000',
        'defer b retry 5000',
      ],
    ],
    [
      'of an execution that is detached already waits by itself',
      { plan: { a: 'detach' }, detached: true, lane: 'slow', answers: ['timeout'] },
      ['call a 1', 'note a waiting timeout 5000', 'defer a retry 5000'],
    ],
    [
      'after a failure that let others run is told with the rest',
      { plan: { a: 'continue', b: 'stop' }, answers: ['!exit_code', 'timeout'] },
      ['call a 1', 'note a failed exit_code', 'call b 1', 'note b waiting timeout 5000', 'defer b retry 5000 failed'],
    ],
    [
      'in the slow lane waits by the schedule as in the fast one',
      { plan: { a: 'stop' }, lane: 'slow', answers: ['timeout'] },
      ['call a 1', 'note a waiting timeout 5000', 'defer a retry 5000'],
    ],
    [
      'of a call that a person wanted made now waits by the schedule again',
      { plan: { a: 'stop' }, lane: 'urgent', answers: ['timeout'] },
      ['call a 1', 'note a waiting timeout 5000', 'defer a retry 5000'],
    ],
    [
      'of a handler with one attempt is its end',
      { plan: { a: { maxAttempts: 1 }, b: 'stop' }, answers: ['timeout'] },
      ['call a 1', 'note a failed timeout', 'end failed skipped b'],
    ],
  ],

  'what an event goes on with': [
    [
      'the second attempt, by what was kept',
      { plan: { a: 'stop' }, lane: 'slow', steps: { a: { status: 'waiting', attempts: 1 } }, answers: ['ok'] },
      ['call a 2', 'note a succeeded', 'end succeeded'],
    ],
    [
      'the second attempt fails, and the last one follows',
      { plan: { a: 'stop' }, lane: 'slow', steps: { a: { status: 'waiting', attempts: 1 } }, answers: ['timeout'] },
      ['call a 2', 'note a waiting timeout 60000', 'defer a retry 60000'],
    ],
    [
      'the last attempt fails, and skips those after it',
      {
        plan: { a: 'stop', b: 'stop' },
        lane: 'slow',
        steps: { a: { status: 'waiting', attempts: 2 } },
        answers: ['timeout'],
      },
      ['call a 3', 'note a failed timeout', 'end failed skipped b'],
    ],
    [
      'the last attempt fails, and lets the others run',
      {
        plan: { a: 'continue', b: 'stop' },
        lane: 'slow',
        steps: { a: { status: 'waiting', attempts: 2 } },
        answers: ['timeout', 'ok'],
      },
      ['call a 3', 'note a failed timeout', 'call b 1', 'note b succeeded', 'end failed'],
    ],
    [
      'what has succeeded is not called again',
      {
        plan: { a: 'stop', b: 'stop' },
        lane: 'slow',
        steps: { a: { status: 'succeeded', attempts: 1 }, b: { status: 'waiting', attempts: 1 } },
        answers: ['ok'],
      },
      ['call b 2', 'note b succeeded', 'end succeeded'],
    ],
    [
      'what has failed is not called again, and is told',
      {
        plan: { a: 'continue', b: 'stop' },
        lane: 'slow',
        steps: { a: { status: 'failed', attempts: 3 }, b: { status: 'waiting', attempts: 1 } },
        answers: ['ok'],
      },
      ['call b 2', 'note b succeeded', 'end failed'],
    ],
    [
      'what was skipped is not called, and is told',
      {
        plan: { a: 'stop', b: 'stop' },
        lane: 'slow',
        steps: { a: { status: 'skipped' }, b: { status: 'waiting', attempts: 1 } },
        answers: ['ok'],
      },
      ['call b 2', 'note b succeeded', 'end succeeded skipped a'],
    ],
    [
      'what was detached is left alone',
      {
        plan: { a: 'detach', b: 'stop' },
        lane: 'slow',
        steps: { a: { status: 'detached', attempts: 1 }, b: { status: 'waiting', attempts: 1 } },
        answers: ['ok'],
      },
      ['call b 2', 'note b succeeded', 'end succeeded'],
    ],
    [
      'an execution by itself, to its end',
      {
        plan: { a: 'detach' },
        lane: 'slow',
        detached: true,
        steps: { a: { status: 'waiting', attempts: 1 } },
        answers: ['ok'],
      },
      ['call a 2', 'note a succeeded', 'end succeeded'],
    ],
    [
      'an execution by itself, to its failure',
      {
        plan: { a: 'detach' },
        lane: 'slow',
        detached: true,
        steps: { a: { status: 'waiting', attempts: 2 } },
        answers: ['timeout'],
      },
      ['call a 3', 'note a failed timeout', 'end failed'],
    ],
    [
      'an event that had not begun when it was put there',
      { plan: { a: 'stop', b: 'stop' }, lane: 'slow', answers: ['ok', 'ok'] },
      ['call a 1', 'note a succeeded', 'call b 1', 'note b succeeded', 'end succeeded'],
    ],
    [
      'a detach in the slow lane',
      { plan: { a: 'detach', b: 'stop' }, lane: 'slow', answers: ['timeout', 'ok'] },
      [
        'call a 1',
        'note a waiting timeout 5000',
        'detach a retry 5000',
        'call b 1',
        'note b succeeded',
        'end succeeded',
      ],
    ],
  ],

  'what the journal knows when an event comes again': [
    [
      'all has succeeded: it only ends',
      { plan: { a: 'stop', b: 'stop' }, known: { a: { status: 'succeeded' }, b: { status: 'succeeded' } } },
      ['end succeeded'],
    ],
    [
      'the first has succeeded',
      { plan: { a: 'stop', b: 'stop' }, known: { a: { status: 'succeeded' } }, answers: ['ok'] },
      ['call b 1', 'note b succeeded', 'end succeeded'],
    ],
    [
      'the first has failed, with onFailure stop',
      { plan: { a: 'stop', b: 'stop' }, known: { a: { status: 'failed' } } },
      ['end failed skipped b'],
    ],
    [
      'the first has failed, with onFailure continue',
      { plan: { a: 'continue', b: 'stop' }, known: { a: { status: 'failed' } }, answers: ['ok'] },
      ['call b 1', 'note b succeeded', 'end failed'],
    ],
    [
      'the first has failed, with onFailure detach',
      { plan: { a: 'detach', b: 'stop' }, known: { a: { status: 'failed' } }, answers: ['ok'] },
      ['call b 1', 'note b succeeded', 'end failed'],
    ],
    [
      'the first has failed, and its handler is no longer there to say',
      { plan: { a: { gone: true }, b: 'stop' }, known: { a: { status: 'failed' } } },
      ['end failed skipped b'],
    ],
    [
      'the first has failed and is gone, and the second has begun: the first let it',
      {
        plan: { a: { gone: true }, b: 'stop', c: 'stop' },
        known: { a: { status: 'failed' }, b: { status: 'waiting' } },
        answers: ['ok', 'ok'],
      },
      ['call b 2', 'note b succeeded', 'call c 1', 'note c succeeded', 'end failed'],
    ],
    [
      'the first was skipped by its condition',
      { plan: { a: 'stop', b: 'stop' }, known: { a: { status: 'skipped' } }, answers: ['ok'] },
      ['call b 1', 'note b succeeded', 'end succeeded skipped a'],
    ],
    [
      'a retry that is not due is not made: the event waits for it',
      { plan: { a: 'stop' }, known: { a: { status: 'waiting', dueIn: 4_000 } } },
      ['defer a retry 4000'],
    ],
    [
      'a retry that is not due goes on by itself with onFailure detach',
      { plan: { a: 'detach', b: 'stop' }, known: { a: { status: 'waiting', dueIn: 4_000 } }, answers: ['ok'] },
      ['detach a retry 4000', 'call b 1', 'note b succeeded', 'end succeeded'],
    ],
    [
      'a retry that is due is made, with its number',
      { plan: { a: 'stop' }, known: { a: { status: 'waiting', attempts: 2, dueIn: 0 } }, answers: ['ok'] },
      ['call a 3', 'note a succeeded', 'end succeeded'],
    ],
    [
      'a retry that has been due for long is made',
      { plan: { a: 'stop' }, known: { a: { status: 'waiting', attempts: 1, dueIn: -60_000 } }, answers: ['ok'] },
      ['call a 2', 'note a succeeded', 'end succeeded'],
    ],
    [
      'a call that was taken back is made at once, with the number that it had',
      { plan: { a: 'stop' }, known: { a: { status: 'waiting', attempts: 0 } }, answers: ['ok'] },
      ['call a 1', 'note a succeeded', 'end succeeded'],
    ],
    [
      'a retry that is not due is not made in the slow lane either',
      { plan: { a: 'stop' }, lane: 'slow', known: { a: { status: 'waiting', dueIn: 1 } } },
      ['defer a retry 1'],
    ],
    [
      'a retry that is not due is made when a person wants it now',
      { plan: { a: 'stop' }, lane: 'urgent', known: { a: { status: 'waiting', dueIn: 60_000 } }, answers: ['ok'] },
      ['call a 2', 'note a succeeded', 'end succeeded'],
    ],
    [
      'and when that fails, it is not made once more',
      { plan: { a: 'stop' }, lane: 'urgent', known: { a: { status: 'waiting', dueIn: 60_000 } }, answers: ['timeout'] },
      ['call a 2', 'note a waiting timeout 60000', 'defer a retry 60000'],
    ],
    [
      'and the one after it, which is not due either, waits for its time',
      {
        plan: { a: 'stop', b: 'stop' },
        lane: 'urgent',
        known: { a: { status: 'waiting', dueIn: 60_000 }, b: { status: 'waiting', dueIn: 90_000 } },
        answers: ['ok'],
      },
      ['call a 2', 'note a succeeded', 'defer b retry 90000'],
    ],
    [
      'and the one after it, which is not due either, waits for its time by itself with onFailure detach',
      {
        plan: { a: 'continue', b: 'detach' },
        lane: 'urgent',
        known: { a: { status: 'waiting', dueIn: 60_000 }, b: { status: 'waiting', dueIn: 90_000 } },
        answers: ['!exit_code'],
      },
      ['call a 2', 'note a failed exit_code', 'detach b retry 90000', 'end failed'],
    ],
    [
      'what a person wants now has ended meanwhile: what comes next waits for its time',
      {
        plan: { a: 'stop', b: 'stop' },
        lane: 'urgent',
        steps: { a: { status: 'waiting', attempts: 1 } },
        known: { a: { status: 'succeeded', attempts: 2 }, b: { status: 'waiting', dueIn: 90_000 } },
      },
      ['defer b retry 90000'],
    ],
    [
      'what a person wants now was disabled: what comes next waits for its time',
      {
        plan: { a: { gone: true }, b: 'stop' },
        lane: 'urgent',
        steps: { a: { status: 'waiting', attempts: 1 } },
        known: { b: { status: 'waiting', dueIn: 90_000 } },
      },
      ['close a skipped handler_disabled', 'defer b retry 90000'],
    ],
    [
      'what a person wants now does not hold: what comes next waits for its time',
      {
        plan: { a: { condition: true }, b: 'stop' },
        lane: 'urgent',
        known: { b: { status: 'waiting', dueIn: 90_000 } },
        answers: ['unmet'],
      },
      ['ask a', 'close a skipped condition_unmet', 'defer b retry 90000'],
    ],
    [
      'a retry that is not due, by what was kept with the event alone',
      { plan: { a: 'stop' }, lane: 'slow', steps: { a: { status: 'waiting', attempts: 1, dueAt: noon + 5_000 } } },
      ['defer a retry 5000'],
    ],
    [
      'a retry that was taken back is made at once, though what was kept says later',
      {
        plan: { a: 'stop' },
        lane: 'slow',
        steps: { a: { status: 'waiting', attempts: 1, dueAt: noon + 5_000 } },
        known: { a: { status: 'waiting', attempts: 1 } },
        answers: ['ok'],
      },
      ['call a 2', 'note a succeeded', 'end succeeded'],
    ],
    [
      'more attempts than were kept with the event',
      {
        plan: { a: 'stop' },
        lane: 'slow',
        steps: { a: { status: 'waiting', attempts: 1 } },
        known: { a: { status: 'waiting', attempts: 2 } },
        answers: ['timeout'],
      },
      ['call a 3', 'note a failed timeout', 'end failed'],
    ],
    [
      'fewer attempts than were kept with the event',
      {
        plan: { a: 'stop' },
        lane: 'slow',
        steps: { a: { status: 'waiting', attempts: 2 } },
        known: { a: { status: 'waiting', attempts: 1 } },
        answers: ['timeout'],
      },
      ['call a 3', 'note a failed timeout', 'end failed'],
    ],
    [
      'the end of what was kept as waiting',
      {
        plan: { a: 'stop', b: 'stop' },
        lane: 'slow',
        steps: { a: { status: 'waiting', attempts: 1 } },
        known: { a: { status: 'succeeded', attempts: 2 } },
        answers: ['ok'],
      },
      ['call b 1', 'note b succeeded', 'end succeeded'],
    ],
    [
      'an end that was kept is not undone by it',
      {
        plan: { a: 'stop' },
        lane: 'slow',
        steps: { a: { status: 'succeeded', attempts: 2 } },
        known: { a: { status: 'waiting', attempts: 1 } },
      },
      ['end succeeded'],
    ],
    [
      'what is detached is not fetched back by it',
      {
        plan: { a: 'detach', b: 'stop' },
        lane: 'slow',
        steps: { a: { status: 'detached', attempts: 1 } },
        known: { a: { status: 'waiting', attempts: 1 } },
        answers: ['ok'],
      },
      ['call b 1', 'note b succeeded', 'end succeeded'],
    ],
    [
      'a handler of another plan',
      { plan: { a: 'stop' }, known: { z: { status: 'failed' } }, answers: ['ok'] },
      ['call a 1', 'note a succeeded', 'end succeeded'],
    ],
  ],

  'a condition': [
    [
      'that holds: the handler is called',
      { plan: { a: { condition: true } }, answers: ['met', 'ok'] },
      ['ask a', 'call a 1', 'note a succeeded', 'end succeeded'],
    ],
    [
      'that does not hold: the handler is skipped, with a record',
      { plan: { a: { condition: true } }, answers: ['unmet'] },
      ['ask a', 'close a skipped condition_unmet', 'end succeeded skipped a'],
    ],
    [
      'that is false stops no handler',
      { plan: { a: { condition: true }, b: 'stop' }, answers: ['unmet', 'ok'] },
      ['ask a', 'close a skipped condition_unmet', 'call b 1', 'note b succeeded', 'end succeeded skipped a'],
    ],
    [
      'that cannot be evaluated: the handler has failed, once and for all',
      { plan: { a: { condition: true } }, answers: ['no such field'] },
      ['ask a', 'note a failed condition_failed', 'end failed'],
    ],
    [
      'that cannot be evaluated stops those after it',
      { plan: { a: { condition: true }, b: 'stop' }, answers: ['no such field'] },
      ['ask a', 'note a failed condition_failed', 'end failed skipped b'],
    ],
    [
      'that cannot be evaluated, with onFailure continue',
      { plan: { a: { condition: true, onFailure: 'continue' }, b: 'stop' }, answers: ['no such field', 'ok'] },
      ['ask a', 'note a failed condition_failed', 'call b 1', 'note b succeeded', 'end failed'],
    ],
    [
      'that cannot be evaluated, with onFailure detach',
      { plan: { a: { condition: true, onFailure: 'detach' }, b: 'stop' }, answers: ['no such field', 'ok'] },
      ['ask a', 'note a failed condition_failed', 'call b 1', 'note b succeeded', 'end failed'],
    ],
    [
      'of each of several handlers, when it is their turn',
      { plan: { a: { condition: true }, b: { condition: true } }, answers: ['met', 'ok', 'unmet'] },
      ['ask a', 'call a 1', 'note a succeeded', 'ask b', 'close b skipped condition_unmet', 'end succeeded skipped b'],
    ],
    [
      'is not asked after a failure that stops',
      { plan: { a: 'stop', b: { condition: true } }, answers: ['!exit_code'] },
      ['call a 1', 'note a failed exit_code', 'end failed skipped b'],
    ],
    [
      'that was found to hold is not asked again',
      { plan: { a: { condition: true } }, lane: 'slow', steps: { a: { met: true } }, answers: ['ok'] },
      ['call a 1', 'note a succeeded', 'end succeeded'],
    ],
    [
      'is not asked for a retry, even where nothing was kept',
      { plan: { a: { condition: true } }, known: { a: { status: 'waiting' } }, answers: ['ok'] },
      ['call a 2', 'note a succeeded', 'end succeeded'],
    ],
    [
      'that holds is kept when the handler is busy',
      { plan: { a: { condition: true } }, answers: ['met', 'handler_busy'] },
      ['ask a', 'call a 1', 'defer a handler_busy 0'],
    ],
    [
      'that holds, before a failure that may pass',
      { plan: { a: { condition: true } }, answers: ['met', 'timeout'] },
      ['ask a', 'call a 1', 'note a waiting timeout 5000', 'defer a retry 5000'],
    ],
    [
      'of a handler that is gone is not asked',
      { plan: { a: { condition: true, gone: true } } },
      ['end succeeded skipped a disabled a'],
    ],
    [
      'is not asked for a test',
      { plan: { a: { condition: true } }, lane: 'urgent', isTest: true, answers: ['ok'] },
      ['call a 1', 'note a succeeded', 'end succeeded'],
    ],
  ],

  'a call that cannot be made now': [
    [
      'since the handler is busy: the slow lane makes it, as soon as may be',
      { plan: { a: 'stop' }, answers: ['handler_busy'] },
      ['call a 1', 'defer a handler_busy 0'],
    ],
    [
      'since the circuit is open',
      { plan: { a: 'stop', b: 'stop' }, answers: ['circuit_open'] },
      ['call a 1', 'defer a circuit_open 0'],
    ],
    [
      'since the message would be held for too long',
      { plan: { a: 'stop' }, answers: ['held_long'] },
      ['call a 1', 'defer a held_long 0'],
    ],
    [
      'since the handler or its target is held',
      { plan: { a: 'stop', b: 'stop' }, answers: ['held'] },
      ['call a 1', 'defer a held by b 0'],
    ],
    [
      'since the target takes no more calls now',
      { plan: { a: 'stop', b: 'stop' }, answers: ['rate_limited'] },
      ['call a 1', 'defer a rate_limited 0'],
    ],
    [
      'keeps its place in the slow lane, when it is held',
      { plan: { a: 'stop' }, lane: 'slow', steps: { a: { status: 'waiting', attempts: 2 } }, answers: ['held'] },
      ['call a 3', 'defer a held by b 0'],
    ],
    [
      'keeps its place in the slow lane, when the target takes no more calls',
      { plan: { a: 'stop' }, lane: 'slow', answers: ['rate_limited'] },
      ['call a 1', 'defer a rate_limited 0'],
    ],
    [
      'is held by itself with onFailure detach',
      { plan: { a: 'detach', b: 'stop' }, answers: ['held', 'ok'] },
      ['call a 1', 'detach a held by b 0', 'call b 1', 'note b succeeded', 'end succeeded'],
    ],
    [
      'since it is held, when a person wanted it',
      { plan: { a: 'stop' }, lane: 'urgent', answers: ['held'] },
      ['call a 1', 'defer a held by b 0'],
    ],
    [
      'is no attempt: the one that follows has its number',
      { plan: { a: 'stop' }, lane: 'slow', steps: { a: { status: 'pending', attempts: 0 } }, answers: ['ok'] },
      ['call a 1', 'note a succeeded', 'end succeeded'],
    ],
    [
      'goes on by itself with onFailure detach',
      { plan: { a: 'detach', b: 'stop' }, answers: ['circuit_open', 'ok'] },
      ['call a 1', 'detach a circuit_open 0', 'call b 1', 'note b succeeded', 'end succeeded'],
    ],
    [
      'of the second handler',
      { plan: { a: 'stop', b: 'stop' }, answers: ['ok', 'handler_busy'] },
      ['call a 1', 'note a succeeded', 'call b 1', 'defer b handler_busy 0'],
    ],
    [
      'is put back for a second in the slow lane, when the handler is busy',
      { plan: { a: 'stop' }, lane: 'slow', answers: ['handler_busy'] },
      ['call a 1', 'defer a handler_busy 1000'],
    ],
    [
      'is put back for a second in the slow lane, when the circuit is open',
      { plan: { a: 'stop' }, lane: 'slow', answers: ['circuit_open'] },
      ['call a 1', 'defer a circuit_open 1000'],
    ],
    [
      'is put back for a second, when a person wanted it',
      { plan: { a: 'stop' }, lane: 'urgent', answers: ['handler_busy'] },
      ['call a 1', 'defer a handler_busy 1000'],
    ],
    [
      'of an execution by itself',
      { plan: { a: 'detach' }, lane: 'slow', detached: true, answers: ['circuit_open'] },
      ['call a 1', 'defer a circuit_open 1000'],
    ],
    [
      'of a retry keeps its number',
      {
        plan: { a: 'stop' },
        lane: 'slow',
        steps: { a: { status: 'waiting', attempts: 2 } },
        answers: ['handler_busy'],
      },
      ['call a 3', 'defer a handler_busy 1000'],
    ],
    [
      'after a failure that let others run',
      { plan: { a: 'continue', b: 'stop' }, answers: ['!exit_code', 'circuit_open'] },
      ['call a 1', 'note a failed exit_code', 'call b 1', 'defer b circuit_open 0 failed'],
    ],
    [
      'of a test',
      { plan: { a: 'stop' }, lane: 'urgent', isTest: true, answers: ['handler_busy'] },
      ['call a 1', 'defer a handler_busy 1000'],
    ],
  ],

  'a handler that was disabled meanwhile': [
    [
      'and was not tried is passed over, without a record',
      { plan: { a: { gone: true } } },
      ['end succeeded skipped a disabled a'],
    ],
    [
      'and waited is closed',
      { plan: { a: { gone: true } }, lane: 'slow', steps: { a: { status: 'waiting', attempts: 1 } } },
      ['close a skipped handler_disabled', 'end succeeded skipped a'],
    ],
    [
      'and waited, by what the journal knows, is closed whether it was due or not',
      { plan: { a: { gone: true } }, known: { a: { status: 'waiting', dueIn: 60_000 } } },
      ['close a skipped handler_disabled', 'end succeeded skipped a'],
    ],
    [
      'stops no handler',
      { plan: { a: { gone: true }, b: 'stop' }, answers: ['ok'] },
      ['call b 1', 'note b succeeded', 'end succeeded skipped a disabled a'],
    ],
    [
      'and waited stops no handler',
      {
        plan: { a: { gone: true }, b: 'stop' },
        lane: 'slow',
        steps: { a: { status: 'waiting', attempts: 1 } },
        answers: ['ok'],
      },
      ['close a skipped handler_disabled', 'call b 1', 'note b succeeded', 'end succeeded skipped a'],
    ],
    [
      'several of them',
      { plan: { a: { gone: true }, b: { gone: true }, c: 'stop' }, answers: ['ok'] },
      ['call c 1', 'note c succeeded', 'end succeeded skipped a b disabled a b'],
    ],
    [
      'after one that ran',
      { plan: { a: 'stop', b: { gone: true } }, answers: ['ok'] },
      ['call a 1', 'note a succeeded', 'end succeeded skipped b disabled b'],
    ],
    [
      'and goes on by itself is closed',
      { plan: { a: { gone: true } }, lane: 'slow', detached: true, steps: { a: { status: 'waiting', attempts: 1 } } },
      ['close a skipped handler_disabled', 'end succeeded skipped a'],
    ],
    [
      'and a later one has to wait: it stays passed over',
      { plan: { a: { gone: true }, b: 'stop' }, answers: ['timeout'] },
      ['call b 1', 'note b waiting timeout 5000', 'defer b retry 5000'],
    ],
    [
      'in a plan of which all are gone',
      { plan: { a: { gone: true }, b: { gone: true } } },
      ['end succeeded skipped a b disabled a b'],
    ],
  ],

  'an execution that a person gives up': [
    [
      'has failed',
      { plan: { a: 'stop' }, lane: 'urgent', giveUp: true, steps: { a: { status: 'waiting', attempts: 1 } } },
      ['close a failed given_up', 'end failed'],
    ],
    [
      'skips those after it',
      {
        plan: { a: 'stop', b: 'stop' },
        lane: 'urgent',
        giveUp: true,
        steps: { a: { status: 'waiting', attempts: 1 } },
      },
      ['close a failed given_up', 'end failed skipped b'],
    ],
    [
      'lets the others run with onFailure continue',
      {
        plan: { a: 'continue', b: 'stop' },
        lane: 'urgent',
        giveUp: true,
        steps: { a: { status: 'waiting', attempts: 1 } },
        answers: ['ok'],
      },
      ['close a failed given_up', 'call b 1', 'note b succeeded', 'end failed'],
    ],
    [
      'is one: the next is called',
      {
        plan: { a: 'continue', b: 'continue', c: 'stop' },
        lane: 'urgent',
        giveUp: true,
        answers: ['ok', 'ok'],
      },
      ['close a failed given_up', 'call b 1', 'note b succeeded', 'call c 1', 'note c succeeded', 'end failed'],
    ],
    [
      'is the one that the event waits for, not one before it',
      {
        plan: { a: 'stop', b: 'stop' },
        lane: 'urgent',
        giveUp: true,
        steps: { a: { status: 'succeeded', attempts: 1 }, b: { status: 'waiting', attempts: 1 } },
      },
      ['close b failed given_up', 'end failed'],
    ],
    [
      'is given up before it is due',
      { plan: { a: 'stop' }, lane: 'urgent', giveUp: true, known: { a: { status: 'waiting', dueIn: 60_000 } } },
      ['close a failed given_up', 'end failed'],
    ],
    [
      'is given up also when the wish is carried out later, in the slow lane',
      { plan: { a: 'stop' }, lane: 'slow', giveUp: true, known: { a: { status: 'waiting', dueIn: 60_000 } } },
      ['close a failed given_up', 'end failed'],
    ],
    [
      'of a handler that is gone has failed as well, and stops those after it',
      {
        plan: { a: { gone: true }, b: 'stop' },
        lane: 'urgent',
        giveUp: true,
        steps: { a: { status: 'waiting', attempts: 1 } },
      },
      ['close a failed given_up', 'end failed skipped b'],
    ],
    [
      'by itself',
      {
        plan: { a: 'detach' },
        lane: 'urgent',
        detached: true,
        giveUp: true,
        steps: { a: { status: 'waiting', attempts: 2 } },
      },
      ['close a failed given_up', 'end failed'],
    ],
    [
      'of an event that has not begun is its first',
      { plan: { a: 'stop', b: 'stop' }, lane: 'urgent', giveUp: true },
      ['close a failed given_up', 'end failed skipped b'],
    ],
    [
      'is not asked whether its condition holds',
      { plan: { a: { condition: true } }, lane: 'urgent', giveUp: true },
      ['close a failed given_up', 'end failed'],
    ],
    [
      'where nothing is left: the event ends',
      { plan: { a: 'stop' }, giveUp: true, known: { a: { status: 'succeeded' } } },
      ['end succeeded'],
    ],
  ],

  'a test': [
    [
      'that succeeds',
      { plan: { a: 'stop' }, lane: 'urgent', isTest: true, answers: ['ok'] },
      ['call a 1', 'note a succeeded', 'end succeeded'],
    ],
    [
      'is made once, though the failure may pass',
      { plan: { a: 'stop' }, lane: 'urgent', isTest: true, answers: ['timeout'] },
      ['call a 1', 'note a failed timeout', 'end failed'],
    ],
    [
      'is made once with onFailure detach, too',
      { plan: { a: 'detach' }, lane: 'urgent', isTest: true, answers: ['timeout'] },
      ['call a 1', 'note a failed timeout', 'end failed'],
    ],
    [
      'is made once also when the fault is ours',
      { plan: { a: 'stop' }, lane: 'urgent', isTest: true, answers: ['dns_unavailable'] },
      ['call a 1', 'note a failed dns_unavailable uncounted', 'end failed'],
    ],
    [
      'is made once also when it is taken back',
      { plan: { a: 'stop' }, lane: 'urgent', isTest: true, answers: ['aborted'] },
      ['call a 1', 'note a failed aborted uncounted', 'end failed'],
    ],
    [
      'fails when its secrets do not open',
      { plan: { a: 'stop' }, lane: 'urgent', isTest: true, answers: ['secrets_unavailable'] },
      ['call a 1', 'note a failed secrets_unavailable uncounted', 'end failed'],
    ],
    [
      'fails for good',
      { plan: { a: 'stop' }, lane: 'urgent', isTest: true, answers: ['!exit_code'] },
      ['call a 1', 'note a failed exit_code', 'end failed'],
    ],
  ],
};

describe.each(Object.entries(table))('%s', (_, rows) => {
  it.each(rows)('%s', (_name, scenario, moves) => expect(played(scenario)).toEqual(moves));
});

/** One attempt of a handler with four, after 5 seconds and then a minute. */
type Attempt = [name: string, made: number, uncounted: number, answer: Answer, chance: number, note: string];

const failure = retryable('http_status', 'the target answered 503');
const asks = (retryAfterMs: number): Answer => ({ ...failure, retryAfterMs });

const attempts: Attempt[] = [
  ['success is the end', 0, 0, 'ok', 0, 'note a succeeded'],
  ['a permanent failure is the end', 0, 0, '!http_status', 0, 'note a failed http_status'],
  ['the first retry', 0, 0, failure, 0, 'note a waiting http_status 5000'],
  ['the second retry', 1, 0, failure, 0, 'note a waiting http_status 60000'],
  ['the last time of the schedule serves for all that follow', 2, 0, failure, 0, 'note a waiting http_status 60000'],
  ['the last attempt that fails is the end', 3, 0, failure, 0, 'note a failed http_status'],
  ['more attempts than there are by now', 9, 0, failure, 0, 'note a failed http_status'],
  ['chance adds to the wait', 0, 0, failure, 1, 'note a waiting http_status 5500'],
  ['chance adds a part of it', 0, 0, failure, 0.5, 'note a waiting http_status 5250'],
  ['chance adds to the longer wait as well', 1, 0, failure, 1, 'note a waiting http_status 66000'],
  ['the target asks for more time', 0, 0, asks(30_000), 0, 'note a waiting http_status 30000'],
  ['the target asks for less time in vain', 0, 0, asks(1_000), 0, 'note a waiting http_status 5000'],
  ['the target asks for as much', 0, 0, asks(5_000), 0, 'note a waiting http_status 5000'],
  ['chance adds to what the target asks for', 0, 0, asks(30_000), 1, 'note a waiting http_status 33000'],
  ['not beyond an hour, which it asks for', 0, 0, asks(3_600_000), 1, 'note a waiting http_status 3600000'],
  [
    'not beyond an hour, of which it asks for nearly all',
    0,
    0,
    asks(3_599_000),
    0.5,
    'note a waiting http_status 3600000',
  ],
  ['up to an hour', 0, 0, asks(3_000_000), 1, 'note a waiting http_status 3300000'],
  ['an hour, without chance', 0, 0, asks(3_600_000), 0, 'note a waiting http_status 3600000'],
  ['the target asks for time when no attempt is left', 3, 0, asks(30_000), 0, 'note a failed http_status'],
  [
    'a permanent failure with Retry-After is the end',
    0,
    0,
    { ...permanent('http_status', '400'), retryAfterMs: 1 },
    0,
    'note a failed http_status',
  ],
  ['a call that we took back is made again at once', 0, 0, 'aborted', 1, 'note a waiting aborted 0 uncounted'],
  ['a call that we took back, even when no attempt is left', 3, 0, 'aborted', 0, 'note a waiting aborted 0 uncounted'],
  [
    'secrets that do not open: a minute',
    0,
    0,
    'secrets_unavailable',
    0,
    'note a waiting secrets_unavailable 60000 uncounted',
  ],
  [
    'secrets that do not open: a minute and chance',
    0,
    0,
    'secrets_unavailable',
    1,
    'note a waiting secrets_unavailable 66000 uncounted',
  ],
  [
    'secrets that do not open, without end',
    3,
    99,
    'secrets_unavailable',
    0,
    'note a waiting secrets_unavailable 60000 uncounted',
  ],
  ['a name server that is away', 3, 0, 'dns_unavailable', 0, 'note a waiting dns_unavailable 5000 uncounted'],
  [
    'a machine that has nothing left',
    3,
    0,
    'executor_resources',
    0,
    'note a waiting executor_resources 5000 uncounted',
  ],
  ['a process that cannot be started', 3, 0, 'spawn_failed', 0, 'note a waiting spawn_failed 5000 uncounted'],
  ['a script host that is lost', 3, 0, 'script_host_lost', 0, 'note a waiting script_host_lost 5000 uncounted'],
  [
    'a fault of our own for the second time',
    0,
    1,
    'dns_unavailable',
    0,
    'note a waiting dns_unavailable 10000 uncounted',
  ],
  [
    'a fault of our own for the third time',
    0,
    2,
    'dns_unavailable',
    0,
    'note a waiting dns_unavailable 20000 uncounted',
  ],
  [
    'a fault of our own for the fourth time',
    0,
    3,
    'dns_unavailable',
    0,
    'note a waiting dns_unavailable 40000 uncounted',
  ],
  [
    'a fault of our own for the fifth time',
    0,
    4,
    'dns_unavailable',
    0,
    'note a waiting dns_unavailable 60000 uncounted',
  ],
  [
    'a fault of our own for the sixth time',
    0,
    5,
    'dns_unavailable',
    0,
    'note a waiting dns_unavailable 60000 uncounted',
  ],
  [
    'a fault of our own for the thousandth time',
    0,
    1_000,
    'dns_unavailable',
    0,
    'note a waiting dns_unavailable 60000 uncounted',
  ],
  ['a fault of our own, with chance', 0, 0, 'dns_unavailable', 1, 'note a waiting dns_unavailable 5500 uncounted'],
  ['the wait after faults of our own is that of the schedule', 1, 5, failure, 0, 'note a waiting http_status 60000'],
  ['a name that does not exist counts', 0, 0, 'dns_failure', 0, 'note a waiting dns_failure 5000'],
  ['a refused connection counts', 0, 0, 'connection_refused', 0, 'note a waiting connection_refused 5000'],
  ['a fault in a runner is the end', 0, 0, '!internal_error', 0, 'note a failed internal_error'],
];

describe('what an attempt means for its execution', () => {
  it.each(attempts)('%s', (_, made, uncounted, answer, chance, noted) => {
    const plan = { a: { maxAttempts: 4 } };
    const steps = { a: { status: 'waiting', attempts: made, uncounted } } as const;
    expect(played({ plan, steps, lane: 'slow', chance, answers: [answer] })[1]).toBe(noted);
  });

  it('the schedule may wait for longer than a target may ask for', () => {
    const plan = { a: { schedule: ['2h'] } };
    expect(played({ plan, chance: 1, answers: [asks(3_600_000)] })).toContain('note a waiting http_status 7920000');
  });

  it('says when the next attempt is due, unless it is made at once, or there is none', () => {
    const dueAfter = (answer: FailureReason) => {
      const { then } = callOf({ plan: { a: 'stop' } });
      return next(then, noon, { outcome: retryable(answer, ''), reached: 'yes', chance: 0 }).nextAttemptAt;
    };
    expect(dueAfter('timeout')).toBe(noon + 5_000);
    expect(dueAfter('aborted')).toBeNull();
    const { then } = callOf({ plan: { a: 'stop' } });
    expect(
      next(then, noon, { outcome: permanent('exit_code', '64'), reached: 'yes', chance: 0 }).nextAttemptAt,
    ).toBeNull();
  });
});

function callOf(scenario: Scenario) {
  const move = next(situationOf(scenario), noon);
  if (move.do !== 'call') throw new Error(`a call was expected, and not ${move.do}`);
  return move;
}

describe('the loss of the script host', () => {
  /** What is kept of a step, as JSON, after this many losses; and the last attempt. */
  const after = (losses: number, answer: FailureReason = 'script_host_lost') => {
    let scenario: Scenario = { plan: { a: { maxAttempts: 9 } }, lane: 'slow' };
    for (let n = 1; ; n++) {
      const { then } = callOf(scenario);
      const reason = n === losses ? answer : 'script_host_lost';
      const note = next(then, noon, { outcome: retryable(reason, 'it died'), reached: 'yes', chance: 0 });
      if (n === losses) return note;
      const kept = JSON.parse(JSON.stringify(note.step)) as typeof note.step;
      // Played at the time at which it is due.
      scenario = { ...scenario, steps: { a: { ...kept, dueAt: noon } } };
    }
  };

  it.each([
    [1, false, 'script_host_lost'],
    [2, false, 'script_host_lost'],
    [3, true, 'script_host_lost_again'],
    [4, true, 'script_host_lost_again'],
  ] as const)('for the %d. time counts: %s', (losses, counted, reason) => {
    expect(after(losses)).toMatchObject({ counted, outcome: { kind: 'retryable', reason } });
  });

  it('says how often it came, and what to do', () => {
    expect(after(3).outcome).toMatchObject({ message: expect.stringMatching(/ 3 times .*SCRIPT_USER/) });
  });

  it('is remembered over other ends, which stay as they are', () => {
    expect(after(5, 'spawn_failed')).toMatchObject({ outcome: { reason: 'spawn_failed' }, step: { hostLosses: 4 } });
  });
});

describe('how an event may begin that arrives', () => {
  const usual: Arriving = { repeated: false, waitedMs: 0, crowded: false };

  it.each<[string, Parameters<typeof admit>[0], Partial<Arriving>, Admission]>([
    ['nothing is known of it', { status: undefined, keyWaits: false }, {}, 'run'],
    ['it came before, and is not done', { status: undefined, keyWaits: false }, { repeated: true }, 'run'],
    ['its id was seen before', { status: 'succeeded', keyWaits: false }, {}, 'duplicate'],
    ['its id was seen before, and that one failed', { status: 'failed', keyWaits: false }, {}, 'duplicate'],
    ['its id waits already', { status: 'waiting', keyWaits: true }, {}, 'duplicate'],
    ['it came before, and is done', { status: 'succeeded', keyWaits: false }, { repeated: true }, 'finished'],
    [
      'it came before, and waits in the slow lane',
      { status: 'waiting', keyWaits: true },
      { repeated: true },
      'finished',
    ],
    ['it came before, and was a duplicate', { status: 'duplicate', keyWaits: false }, { repeated: true }, 'finished'],
    ['an event of its key waits', { status: undefined, keyWaits: true }, {}, 'behind'],
    [
      'it came before, and an event of its key waits',
      { status: undefined, keyWaits: true },
      { repeated: true },
      'behind',
    ],
    [
      'it waited long, and is in the way',
      { status: undefined, keyWaits: false },
      { waitedMs: 5_001, crowded: true },
      'slow_key',
    ],
    [
      'it waited long, and is in no other event’s way',
      { status: undefined, keyWaits: false },
      { waitedMs: 5_001 },
      'run',
    ],
    [
      'it is in the way, and did not wait long',
      { status: undefined, keyWaits: false },
      { waitedMs: 5_000, crowded: true },
      'run',
    ],
    [
      'it is in the way, and behind another',
      { status: undefined, keyWaits: true },
      { waitedMs: 9_000, crowded: true },
      'behind',
    ],
    ['a duplicate in the way', { status: 'failed', keyWaits: true }, { waitedMs: 9_000, crowded: true }, 'duplicate'],
  ])('%s', (_, known, event, admission) => expect(admit(known, { ...usual, ...event })).toBe(admission));
});

describe('the plan of an event that begins', () => {
  const handler = (id: string, priority: number): PlannedHandler => ({
    id,
    name: id,
    event: 'clients.update',
    priority,
    createdAt: '2026-01-01T12:00:00.000000Z',
    task: { type: 'script', path: 'a.sh', args: [], mode: 'once' },
    onFailure: 'stop',
    timeoutMs: 1_000,
    maxConcurrency: 1,
    format: 'native',
    hold: null,
    windows: [],
    releasePerSecond: 250,
    retry: { maxAttempts: 1, waitsMs: [1_000] },
  });
  const catalog = HandlerCatalog.empty.with(7, [handler('b', 2), handler('a', 1), handler('c', 3)]);
  const stepsOf = (
    handlerIds: string[] | null,
    type = 'clients.update',
    known: readonly (readonly [string, KnownExecution])[] = [],
  ) => {
    const replay = handlerIds && { id: 'replay', handlerIds };
    return begin(catalog, { event: { type }, replay } as Parameters<typeof begin>[1], new Map(known)).steps;
  };

  it.each<[string, string[] | null, string[]]>([
    ['all handlers of its type, in order', null, ['a', 'b', 'c']],
    ['those that a replay is for, in order', ['c', 'a'], ['a', 'c']],
    ['none, when those of a replay are gone', ['z'], []],
  ])('has %s', (_, handlerIds, ids) => {
    expect(stepsOf(handlerIds).map(({ handlerId }) => handlerId)).toEqual(ids);
  });

  it('names the disabled handlers that it leaves out, of a replay those that the replay is for', () => {
    const later = catalog.with(8, [], [handler('b', 2), handler('d', 0)]);
    const disabledOf = (handlerIds: string[] | null) => {
      const replay = handlerIds && { id: 'replay', handlerIds };
      return begin(later, { event: { type: 'clients.update' }, replay } as Parameters<typeof begin>[1], new Map())
        .disabled;
    };
    expect(disabledOf(null)).toEqual(['d', 'b']);
    expect(disabledOf(['a', 'b'])).toEqual(['b']);
    expect(disabledOf(['a'])).toBeUndefined();
  });

  it('begins with nothing tried', () => {
    expect(stepsOf(null)[1]).toEqual({
      handlerId: 'b',
      taskType: 'script',
      position: 2,
      status: 'pending',
      attempts: 0,
    });
  });

  const begun = (position: number, status: KnownExecution['status'] = 'waiting'): KnownExecution => {
    return { status, attempts: 1, dueAt: undefined, reached: 'yes', taskType: 'http', position };
  };

  it.each<[string, [string, KnownExecution][], string]>([
    ['that are enabled adds none', [['b', begun(2)]], 'a b c'],
    ['of which one was disabled since has it where it was', [['x', begun(2)]], 'a x b c'],
    ['of which the first was disabled since', [['x', begun(1)]], 'x a b c'],
    ['of which the last was disabled since', [['x', begun(9)]], 'a b c x'],
    [
      'of which two were disabled since has them in their order',
      [
        ['y', begun(3)],
        ['x', begun(1)],
      ],
      'x a y b c',
    ],
    ['of which one has failed and was disabled since', [['x', begun(2, 'failed')]], 'a x b c'],
  ])('of an event whose executor died after calls of handlers %s', (_, known, ids) => {
    const steps = stepsOf(null, 'clients.update', known);
    expect(steps.map(({ handlerId }) => handlerId).join(' ')).toBe(ids);
    expect(steps.map(({ position }) => position)).toEqual(steps.map((_step, index) => index + 1));
  });

  it('is empty for a type without handlers', () => expect(stepsOf(null, 'clients.create')).toEqual([]));
});

describe('what is kept with an event that waits', () => {
  const movesOf = (scenario: Scenario, answers: FailureReason[]) => {
    let move = next(situationOf(scenario), noon);
    const kept = [];
    for (;;) {
      if (move.do === 'detach' || move.do === 'defer') kept.push(move.progress);
      if (move.do === 'defer' || move.do === 'end') return kept;
      if (move.do === 'call') {
        const { then } = next(move.then, noon, { outcome: retryable(answers.shift()!, ''), reached: 'yes', chance: 0 });
        move = next(then, noon);
      } else move = next(move.then, noon);
    }
  };

  it('is where each of its handlers stands', () => {
    const [detached, rest] = movesOf({ plan: { a: 'detach', b: 'stop', c: 'stop' } }, ['timeout', 'timeout']);
    expect(detached).toMatchObject({ revision: 7, steps: [{ handlerId: 'a', status: 'waiting', attempts: 1 }] });
    expect(rest).toMatchObject({
      revision: 7,
      steps: [
        { handlerId: 'a', status: 'detached', attempts: 1 },
        { handlerId: 'b', status: 'waiting', attempts: 1 },
        { handlerId: 'c', status: 'pending', attempts: 0 },
      ],
    });
  });

  it('is what was passed over, too', () => {
    const [rest] = movesOf({ plan: { a: { gone: true }, b: 'stop' } }, ['timeout']);
    expect(rest).toMatchObject({
      steps: [
        { handlerId: 'a', status: 'skipped' },
        { handlerId: 'b', status: 'waiting' },
      ],
    });
  });

  it('forgets faults of our own when an attempt counts', () => {
    const steps = { a: { status: 'waiting', attempts: 1, uncounted: 3 } } as const;
    const [rest] = movesOf({ plan: { a: 'stop' }, steps, lane: 'slow' }, ['timeout']);
    expect(rest).toMatchObject({ steps: [{ attempts: 2, uncounted: 0 }] });
  });
});

describe.each<[FailurePolicy, boolean]>([
  ['stop', true],
  ['continue', false],
  ['detach', false],
])('onFailure %s', (onFailure, stops) => {
  it(`stops the others: ${String(stops)}`, () => {
    const moves = played({ plan: { a: onFailure, b: 'stop' }, answers: stops ? ['!exit_code'] : ['!exit_code', 'ok'] });
    expect(moves.at(-1)).toBe(stops ? 'end failed skipped b' : 'end failed');
  });
});
