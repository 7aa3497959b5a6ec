import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import type { FailurePolicy } from '#contracts';
import { permanent, retryable, success, type Outcome } from '../call/outcome.ts';
import type { Lane } from '../call/call.ts';
import type { KnownExecution, KnownExecutions, Progress, Resumption, Step } from '../record/run.ts';
import { next, type Called, type Move, type Note, type Refused, type Rules } from './plan.ts';
import { admit, begin, catchUp, resumed, type Plans } from './progress.ts';

/** What happens to a call, or instead of it. */
const answers = {
  succeeds: { outcome: success },
  'fails for good': { outcome: permanent('exit_code', '') },
  'may pass': { outcome: retryable('timeout', '') },
  'asks for time': { outcome: { ...retryable('http_status', ''), retryAfterMs: 90_000 } },
  'is no fault of the handler': { outcome: retryable('dns_unavailable', '') },
  'kills its host': { outcome: retryable('script_host_lost', '') },
  'has no secret': { outcome: retryable('secrets_unavailable', '') },
  'is taken back': { outcome: retryable('aborted', '') },
  'is refused': { refused: 'handler_busy' },
  'meets an open circuit': { refused: 'circuit_open' },
  'would be held for long': { refused: 'held_long' },
  'is held': { refused: 'held', heldBy: 'a' },
  'waits for the rate': { refused: 'rate_limited' },
} satisfies Record<string, { outcome: Outcome } | Refused>;

/** What happens beside the calls, when the executor turns to the next event. */
const incidents = [
  'nothing',
  'early',
  'urgent',
  'give up',
  'disable',
  'resume',
  'crash before',
  'crash after',
] as const;

interface PlannedRules {
  onFailure: FailurePolicy;
  maxAttempts: number;
  condition: 'met' | 'unmet' | 'failed' | null;
}

interface History {
  handlers: PlannedRules[];
  events: number;
  answers: (keyof typeof answers)[];
  chances: number[];
  incidents: { what: (typeof incidents)[number]; which: number }[];
}

const histories: fc.Arbitrary<History> = fc.record({
  handlers: fc.array(
    fc.record({
      onFailure: fc.constantFrom<FailurePolicy>('stop', 'continue', 'detach'),
      maxAttempts: fc.integer({ min: 1, max: 4 }),
      condition: fc.constantFrom('met' as const, 'unmet' as const, 'failed' as const, null, null, null),
    }),
    { maxLength: 5 },
  ),
  events: fc.integer({ min: 1, max: 3 }),
  answers: fc.array(fc.constantFrom(...(Object.keys(answers) as (keyof typeof answers)[])), { maxLength: 60 }),
  chances: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 5 }),
  incidents: fc.array(fc.record({ what: fc.constantFrom(...incidents), which: fc.nat(99) }), { maxLength: 40 }),
});

/** What the journal has of an execution: the last record, and all that was called. */
interface Executed extends KnownExecution {
  readonly counted: number;
}

/** An event, or a part of one, that waits for its turn or its time. */
interface Waiting {
  readonly event: number;
  readonly progress: Progress | null;
  readonly detached: boolean;
  /** Of a failed event that an operation has resumed. */
  readonly resume?: Resumption | undefined;
  dueAt: number;
  giveUp: boolean;
  /** The handler that it waits for; null before a plan was made. */
  readonly waitsFor: string | null;
  /** Whether an executor left it without writing down how far it had come. */
  left?: boolean;
}

class Crash extends Error {}

const task = { type: 'http', url: '', method: 'POST', headers: {} } as const;

/** More turns than any of these histories needs. */
const mostTurns = 2_000;

/** Events of one key on their way, as the lanes take them: with a journal that survives crashes, and a clock. */
class World {
  readonly #history: History;
  #now = 0;
  #answer = 0;
  #incident = 0;
  /** Messages of the key that are not acknowledged. */
  readonly #messages: { event: number; repeated: boolean }[];
  /** The key's events in the slow lane, in their order. */
  readonly #key: Waiting[] = [];
  readonly #alone: Waiting[] = [];
  readonly #journal = new Map<string, Executed>();
  readonly #disabled = new Set<string>();
  /** Events whose end is committed, but for what was detached. */
  readonly #ended = new Set<number>();
  /** Handlers that a failure has stopped, of events that have ended. */
  readonly #stopped = new Map<number, readonly string[]>();
  /** Attempts that an execution had when it was last resumed. */
  readonly #resumedAt = new Map<string, number>();

  constructor(history: History) {
    this.#history = history;
    this.#messages = Array.from({ length: history.events }, (_, event) => ({ event, repeated: false }));
  }

  /** Lets everything happen. @throws When a promise is broken, or nothing comes to an end. */
  live(): void {
    for (let turn = 0; this.#messages.length + this.#key.length + this.#alone.length > 0; turn++) {
      if (turn > mostTurns) throw new Error('it does not end');
      const { what, which } = this.#history.incidents[this.#incident++] ?? { what: 'nothing', which: turn };
      if (what === 'disable') this.#disabled.add(String(which % 5));
      if (what === 'resume') this.#resumeFailed(which % this.#history.events);
      const choices = [this.#messages.length, this.#key.length, this.#alone.length].flatMap((n, i) => (n ? [i] : []));
      const choice = choices[which % choices.length]!;
      if (choice === 0) this.#deliver(what);
      else this.#resume(choice === 1 ? this.#key : this.#alone, what);
    }
    for (const [name, { status }] of this.#journal) {
      if (status === 'waiting') throw new Error(`${name} is left waiting`);
    }
  }

  #deliver(what: string): void {
    const message = this.#messages[0]!;
    const known = { status: undefined, keyWaits: this.#key.length > 0 };
    const admission = admit(known, { repeated: message.repeated, waitedMs: 0, crowded: false });
    message.repeated = true;
    const waiting = {
      event: message.event,
      progress: null,
      detached: false,
      dueAt: this.#now,
      giveUp: false,
      waitsFor: null,
    };
    if (admission === 'behind') this.#key.push(waiting);
    else if (!this.#survives(() => this.#run(waiting, 'fast', what, null), what)) return;
    this.#messages.shift();
  }

  #resume(queue: Waiting[], what: string): void {
    const waiting = queue[0]!;
    const isUrgent = what === 'urgent' || what === 'give up';
    if (what === 'give up') waiting.giveUp = true;
    // A clock may be a little behind that of the database, which hands out what is due.
    if (!isUrgent) this.#now = Math.max(this.#now, waiting.dueAt - (what === 'early' ? 10 : 0));
    this.#survives(() => {
      this.#run(waiting, 'slow', what, isUrgent ? waiting.waitsFor : null);
      queue.shift();
    }, what);
    waiting.left = true;
  }

  /** Puts a failed event into its key's line, when it is not there. */
  #resumeFailed(event: number): void {
    if (!this.#ended.has(event) || this.#key.some((waiting) => waiting.event === event)) return;
    const failed = this.#history.handlers.flatMap((_, index) => {
      const { status, attempts } = this.#journal.get(`${event} ${index}`) ?? {};
      // Its executor may have died before it could take it out of the lane.
      const isDetached = this.#alone.some(
        ({ event: other, waitsFor }) => other === event && waitsFor === String(index),
      );
      return status === 'failed' && !isDetached ? [{ handlerId: String(index), attempts: attempts! }] : [];
    });
    if (failed.length === 0) return;
    for (const { handlerId, attempts } of failed) this.#resumedAt.set(`${event} ${handlerId}`, attempts);
    const resume = { operationId: '', failed, settled: [], skipped: this.#stopped.get(event) ?? [] };
    this.#key.push({ event, progress: null, detached: false, resume, dueAt: this.#now, giveUp: false, waitsFor: null });
  }

  #survives(work: () => void, what: string): boolean {
    if (what === 'crash before') return false;
    try {
      work();
      return true;
    } catch (error) {
      if (error instanceof Crash) return false;
      throw error;
    }
  }

  #run(waiting: Waiting, lane: Lane, what: string, urgent: string | null): void {
    const { event, detached } = waiting;
    const ids = this.#history.handlers.map((_, index) => String(index));
    const isAsked = lane === 'fast' || waiting.progress === null || waiting.left;
    const known = new Map(
      (isAsked ? ids : []).flatMap((id) => {
        const execution = this.#journal.get(`${event} ${id}`);
        return execution ? [[id, execution] as const] : [];
      }),
    );
    const enabled = ids.filter((id) => !this.#disabled.has(id)).map((id) => ({ id, task }));
    const off = ids.filter((id) => this.#disabled.has(id));
    const catalog = { revision: 1, plan: () => enabled, disabled: () => off };
    const plan = waiting.progress ?? this.#begin(waiting, catalog, known);
    const part = { lane, urgent, detached, giveUp: waiting.giveUp, isTest: false };
    // Within a stretch the handlers stay as they are.
    const disabled = new Set(this.#disabled);
    const handlers = { handler: (id: string) => (disabled.has(id) ? undefined : this.#rules(id)) };
    const beside: Waiting[] = [];
    let move: Move | Note = next({ ...part, progress: catchUp(plan, known), handlers }, this.#now);
    const called = new Set<string>();
    for (;;) {
      switch (move.do) {
        case 'ask':
          move = next(move.then, this.#now, { verdict: this.#verdict(move.step.handlerId) });
          break;
        case 'call': {
          const answer = this.#nextAnswer();
          if (!('refused' in answer)) this.#mayCall(event, move, move.step.handlerId === urgent && !called.has(urgent));
          called.add(move.step.handlerId);
          move = 'refused' in answer ? next(move.then, this.#now, answer) : next(move.then, this.#now, answer);
          break;
        }
        case 'note': {
          const { step, status, counted, nextAttemptAt, then }: Note = move;
          this.#record(event, step, status, nextAttemptAt ?? undefined, counted);
          // A call that was taken back: its executor has lost the event.
          if (move.outcome.kind !== 'success' && move.outcome.reason === 'aborted') throw new Crash();
          move = next(then, this.#now);
          break;
        }
        case 'close':
          this.#record(event, move.step, move.status, undefined, false);
          move = next(move.then, this.#now);
          break;
        case 'detach':
          beside.push({
            event,
            progress: kept(move.progress),
            detached: true,
            dueAt: this.#now + move.delayMs,
            giveUp: false,
            waitsFor: move.step.handlerId,
          });
          move = next(move.then, this.#now);
          break;
        case 'defer':
        case 'end':
          if (what === 'crash after') throw new Crash();
          this.#alone.push(...beside);
          if (move.do === 'end') {
            if (detached) return;
            this.#ended.add(event);
            this.#stopped.set(
              event,
              move.skipped.filter((id) => !this.#journal.has(`${event} ${id}`) && !off.includes(id)),
            );
            return;
          }
          this.#putBack(waiting, move);
          return;
      }
    }
  }

  #begin(
    { resume }: Waiting,
    catalog: Plans & { plan(type: string): readonly { id: string }[] },
    known: KnownExecutions,
  ) {
    if (!resume) return begin(catalog, { event: { type: '' } as never, replay: null }, known);
    const handler = (id: string) => (this.#disabled.has(id) ? undefined : { task });
    return resumed({ revision: 1, handler }, resume, known);
  }

  /** Behind the first one, which the caller takes away: it has to be where it was. */
  #putBack({ event, detached }: Waiting, { delayMs, progress, step }: Extract<Move, { do: 'defer' }>): void {
    const dueAt = this.#now + delayMs;
    const again = { event, progress: kept(progress), detached, dueAt, giveUp: false, waitsFor: step.handlerId };
    const queue = detached ? this.#alone : this.#key;
    const isThere =
      queue[0]?.event === event &&
      (!detached || queue[0].progress!.steps[0]!.handlerId === progress.steps[0]!.handlerId);
    queue.splice(isThere ? 1 : 0, 0, again);
  }

  #mayCall(event: number, { step, then, attempt }: Extract<Move, { do: 'call' }>, isUrgent: boolean): void {
    const name = `${event} ${step.handlerId}`;
    const before = this.#journal.get(name);
    const base = this.#resumedAt.get(name) ?? 0;
    const isResumed = before?.status === 'failed' && before.attempts === base;
    if (before && before.status !== 'waiting' && !isResumed)
      throw new Error(`${name} is called, and has ${before.status}`);
    if (!isUrgent && (before?.dueAt ?? 0) > this.#now) throw new Error(`${name} is called before it is due`);
    if (attempt !== (before?.counted ?? 0) + 1)
      throw new Error(`${name} has attempt ${attempt} after ${before?.counted}`);
    if (attempt - base > this.#rules(step.handlerId).retry.maxAttempts) throw new Error(`${name} is called too often`);
    const earlier = then.progress.steps.filter(({ position }) => position < step.position);
    if (earlier.some(({ status }) => status === 'pending' || status === 'waiting'))
      throw new Error(`${name} overtakes`);
    if (then.detached) return;
    for (let other = 0; other < event; other++) {
      if (!this.#ended.has(other)) throw new Error(`event ${event} overtakes event ${other} of its key`);
    }
  }

  #record(
    event: number,
    { handlerId, attempts, taskType, position }: Step,
    status: KnownExecution['status'],
    dueAt: number | undefined,
    counted: boolean,
  ): void {
    const name = `${event} ${handlerId}`;
    const before = this.#journal.get(name)?.counted ?? 0;
    const execution = { status, attempts, dueAt, reached: 'yes', taskType, position } as const;
    this.#journal.set(name, { ...execution, counted: before + Number(counted) });
  }

  #nextAnswer(): Called | Refused {
    const answer = answers[this.#history.answers[this.#answer++] ?? 'succeeds'];
    const { chances } = this.#history;
    return 'refused' in answer
      ? answer
      : { ...answer, reached: 'yes', chance: chances[this.#answer % chances.length]! };
  }

  #rules(id: string): Rules {
    const { onFailure, maxAttempts, condition } = this.#history.handlers[Number(id)]!;
    return { onFailure, retry: { maxAttempts, waitsMs: [5_000, 60_000] }, ...(condition && { condition }) };
  }

  #verdict(id: string): { kind: 'met' | 'unmet' } | { kind: 'failed'; message: string } {
    const { condition } = this.#history.handlers[Number(id)]!;
    return condition === 'failed' ? { kind: 'failed', message: 'no such field' } : { kind: condition ?? 'met' };
  }
}

/** As it comes back out of the database. */
function kept(progress: Progress): Progress {
  return JSON.parse(JSON.stringify(progress)) as Progress;
}

describe('whatever happens to the events of a key', () => {
  it('they and all their executions end, no handler that has ended is called again, none too early or too often, and nothing overtakes', () => {
    fc.assert(
      fc.property(histories, (history) => new World(history).live()),
      { numRuns: 2_000 },
    );
  });
});
