import type { Verdict } from '#conditions';
import type { FailurePolicy, Reached } from '#contracts';
import { permanent, retryable, success, type FailureReason, type Outcome } from '../../call/outcome.ts';
import type { Lane } from '../../call/call.ts';
import type { KnownExecution, Resumption, Step } from '../../record/run.ts';
import { retryPolicy } from '../handler-catalog.ts';
import {
  next,
  type Called,
  type Move,
  type Note,
  type Refused,
  type Rules,
  type Situation,
  type Wait,
} from '../plan.ts';
import { catchUp, planOf, resumed } from '../progress.ts';

/** When the stretches of these tests begin. */
export const noon = Date.parse('2026-03-01T12:00:00Z');

export interface PlayedHandler {
  onFailure?: FailurePolicy;
  maxAttempts?: number;
  schedule?: readonly string[];
  condition?: true;
  /** Disabled or archived since the plan was made. */
  gone?: true;
}

/** The result of a call or a condition: a word or an outcome, see {@link answerOf}. */
export type Answer = string | Outcome;

export interface Scenario {
  /** By id, in the order of the plan; `stop`, `continue` and `detach` stand for a handler with that policy. */
  plan: Readonly<Record<string, PlayedHandler | FailurePolicy>>;
  /** `urgent`: the slow one, and a person wants what the event waits for tried now. */
  lane?: Lane | 'urgent';
  /** Where handlers stand already, by what was kept with the event. */
  steps?: Readonly<Record<string, Partial<Step>>>;
  /** What the journal knows; `dueIn` is from noon, milliseconds. */
  known?: Readonly<
    Record<
      string,
      Pick<KnownExecution, 'status'> & { attempts?: number; dueIn?: number; position?: number; reached?: Reached }
    >
  >;
  /** The event has failed, and is resumed: attempts that had failed, by handler, and what was settled and skipped. */
  resume?: {
    failed?: Readonly<Record<string, number>>;
    settled?: readonly string[];
    skipped?: readonly string[];
  };
  detached?: boolean;
  giveUp?: boolean;
  isTest?: boolean;
  chance?: number;
  answers?: readonly Answer[];
}

/** Plays a plan to the end of its stretch, and tells each move in a few words. */
export function played(scenario: Scenario): string[] {
  const answers = [...(scenario.answers ?? [])];
  const told: string[] = [];
  let move: Move | Note = next(situationOf(scenario), noon);
  for (;;) {
    told.push(tell(move));
    if (move.do === 'defer' || move.do === 'end') break;
    const answer = move.do === 'call' || move.do === 'ask' ? answers.shift() : undefined;
    if ((move.do === 'call' || move.do === 'ask') && answer === undefined)
      throw new Error(`no answer to ${tell(move)}`);
    move = follow(move, answer, scenario.chance ?? 0);
  }
  if (answers.length > 0) throw new Error(`no move asked for ${JSON.stringify(answers)}`);
  return told;
}

/** The move that follows another one. */
function follow(
  move: Exclude<Move | Note, { do: 'defer' | 'end' }>,
  answer: Answer | undefined,
  chance: number,
): Move | Note {
  if (answer === undefined) return next(move.then, noon);
  if (move.do === 'ask') return next(move.then, noon, { verdict: verdictOf(answer as string) });
  const made = answerOf(answer, chance);
  return 'refused' in made ? next(move.then, noon, made) : next(move.then, noon, made);
}

export function situationOf(scenario: Scenario): Situation {
  const handlers = new Map(Object.entries(scenario.plan).map(([id, handler]) => [id, rulesOf(handler)]));
  const task = { type: 'http', url: 'http://127.0.0.1/', method: 'POST', headers: {} } as const;
  const fresh = planOf(
    7,
    Object.keys(scenario.plan).map((id) => ({ id, task })),
  );
  const steps = fresh.steps.map((step) => ({ ...step, ...scenario.steps?.[step.handlerId] }));
  const known = new Map(
    Object.entries(scenario.known ?? {}).map(([id, { status, attempts = 1, dueIn, reached = 'yes', ...rest }]) => {
      const { position = Object.keys(scenario.plan).indexOf(id) + 1 } = rest;
      const dueAt = dueIn === undefined ? undefined : noon + dueIn;
      return [id, { status, attempts, dueAt, position, reached, taskType: 'http' as const }];
    }),
  );
  const { lane = 'fast' } = scenario;
  const waitedFor = steps.find(({ status }) => status === 'pending' || status === 'waiting')?.handlerId;
  const catalog = { revision: 7, handler: (id: string) => (handlers.get(id) ? { task } : undefined) };
  return {
    progress: catchUp(
      scenario.resume ? resumed(catalog, resumption(scenario.resume), known) : { revision: 7, steps },
      known,
    ),
    handlers: { handler: (id) => handlers.get(id) },
    lane: lane === 'urgent' ? 'slow' : lane,
    urgent: lane === 'urgent' ? (waitedFor ?? null) : null,
    detached: scenario.detached ?? false,
    giveUp: scenario.giveUp ?? false,
    isTest: scenario.isTest ?? false,
  };
}

function resumption({ failed = {}, settled = [], skipped = [] }: NonNullable<Scenario['resume']>): Resumption {
  const failures = Object.entries(failed).map(([handlerId, attempts]) => ({ handlerId, attempts }));
  return { operationId: '', failed: failures, settled, skipped };
}

function rulesOf(handler: PlayedHandler | FailurePolicy): Rules | undefined {
  if (typeof handler === 'string') return rulesOf({ onFailure: handler });
  const { onFailure = 'stop', maxAttempts = 3, schedule = ['5s', '1m'], condition, gone } = handler;
  if (gone) return undefined;
  return { onFailure, retry: retryPolicy({ maxAttempts, schedule: [...schedule] }), ...(condition && { condition }) };
}

function verdictOf(answer: string): Verdict {
  if (answer === 'met' || answer === 'unmet') return { kind: answer };
  return { kind: 'failed', message: answer };
}

/** `ok`, a reason of a refusal, `!reason` for a permanent end, or else the reason of one that may pass. */
function answerOf(answer: Answer, chance: number): Called | Refused {
  const made = { reached: 'yes', chance } as const;
  if (typeof answer !== 'string') return { ...made, outcome: answer };
  if (answer === 'ok') return { ...made, outcome: success };
  if (answer === 'held') return { refused: answer, heldBy: 'b' };
  if (isRefusal(answer)) return { refused: answer };
  const isPermanent = answer.startsWith('!');
  const reason = (isPermanent ? answer.slice(1) : answer) as FailureReason;
  return { ...made, outcome: isPermanent ? permanent(reason, 'refused') : retryable(reason, 'failed') };
}

function isRefusal(answer: string): answer is Refused['refused'] {
  return ['handler_busy', 'circuit_open', 'held_long', 'rate_limited'].includes(answer);
}

function tell(move: Move | Note): string {
  switch (move.do) {
    case 'ask':
      return `ask ${move.step.handlerId}`;
    case 'call':
      return `call ${move.step.handlerId} ${move.attempt}`;
    case 'note': {
      const { step, status, outcome, counted, delayMs } = move;
      const reason = outcome.kind === 'success' ? '' : ` ${outcome.reason}`;
      const due = status === 'waiting' ? ` ${delayMs}` : '';
      return `note ${step.handlerId} ${status}${reason}${due}${counted ? '' : ' uncounted'}`;
    }
    case 'close':
      return `close ${move.step.handlerId} ${move.status} ${move.reason}`;
    case 'detach':
      return `detach ${move.step.handlerId} ${move.reason}${by(move)} ${move.delayMs}`;
    case 'defer':
      return `defer ${move.step.handlerId} ${move.reason}${by(move)} ${move.delayMs}${move.failed ? ' failed' : ''}`;
    case 'end': {
      const lists = Object.entries({ skipped: move.skipped, disabled: move.disabled });
      return ['end', move.status, ...lists.flatMap(([name, ids]) => (ids.length > 0 ? [name, ...ids] : []))].join(' ');
    }
  }
}

function by({ heldBy }: Wait): string {
  return heldBy === undefined ? '' : ` by ${heldBy}`;
}
