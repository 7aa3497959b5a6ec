import { v7 as uuidv7 } from 'uuid';
import { fieldsOf, type FieldError, type HandlerFields } from '#contracts';
import type { HandlerEntity } from '#orm';
import type { SecretBox } from '#secrets';
import { InvalidInput } from '../../domain-error.ts';
import { isSame, newHandler, nextPriority, type HandlerDraft } from '../handler.ts';
import type { TargetLookup } from '../../targets/target-lookup.ts';
import { answerFaults } from '../answers/answer-faults.ts';
import type { Kept } from '../secrets/kept-secrets.ts';
import { keptTask } from '../tasks/kept-task.ts';

export const setActions = ['create', 'update', 'archive'] as const;
export type SetAction = (typeof setActions)[number];

/** The change of one handler. */
export interface SetChange {
  readonly action: SetAction;
  readonly before: HandlerEntity | undefined;
  readonly after: HandlerEntity;
  /** Slots of the secrets with new values, sorted. */
  readonly newSecrets: string[];
}

export interface SetPlan {
  readonly changes: readonly SetChange[];
  /** How many of the set are as they were. */
  readonly unchanged: number;
}

/** A requested set. */
export interface WantedSet {
  readonly handlers: readonly HandlerDraft[];
  /** Whether what is not in it goes. */
  readonly prune: boolean;
}

export interface SetSituation {
  /** Every handler that is not archived. */
  readonly current: readonly HandlerEntity[];
  /** The targets that the set's handlers may name. */
  readonly targets: TargetLookup;
  readonly box: SecretBox;
  readonly defaultTimeoutMs: number;
  readonly now: Date;
}

/**
 * What has to be done so that a set is what there is. Names say which handler is which. Each is meant whole, so that
 * the same set always comes to the same; only status and priority stay when they are left out, since people change them
 * by hand while a system runs.
 *
 * @throws {InvalidInput} Naming all that is wrong with any of them: names that are there twice, secrets that cannot be
 * kept.
 */
export function planSet({ handlers, prune }: WantedSet, situation: SetSituation): SetPlan {
  const byName = new Map(situation.current.map((handler) => [handler.name, handler]));
  const kept = keptTasks(handlers, byName, situation);
  const priorities = prioritiesOf(handlers, byName, prune);
  const planned = handlers.map((draft, index) => {
    const priority = priorities[index]!;
    return changeTo({ draft: { ...draft, priority }, kept: kept[index]! }, byName.get(draft.name), situation);
  });
  const changes = planned.filter((change) => change !== undefined);
  const named = new Set(handlers.map(({ name }) => name));
  const surplus = prune ? situation.current.filter(({ name }) => !named.has(name)) : [];
  return {
    changes: [...changes, ...surplus.map((handler) => archived(handler, situation.now))],
    unchanged: handlers.length - changes.length,
  };
}

interface Wanted {
  readonly draft: HandlerDraft & { readonly priority: number };
  readonly kept: Kept & { readonly id: string };
}

function changeTo(
  { draft, kept: { id, task, secrets } }: Wanted,
  before: HandlerEntity | undefined,
  { defaultTimeoutMs, now }: SetSituation,
): SetChange | undefined {
  const status = draft.status ?? before?.status;
  const fields = newHandler({ ...draft, status, task }, { priority: draft.priority, timeoutMs: defaultTimeoutMs });
  if (before && isSame({ ...fieldsOf(before), secrets: before.secrets }, { ...fields, secrets })) return undefined;
  const after = next(fields, { id, secrets, before, now });
  const newSecrets = Object.keys(secrets).filter((slot) => secrets[slot] !== before?.secrets[slot]);
  return { action: before ? 'update' : 'create', before, after, newSecrets: newSecrets.sort() };
}

function archived(before: HandlerEntity, now: Date): SetChange {
  const { id, secrets } = before;
  const after = next({ ...fieldsOf(before), status: 'archived' }, { id, secrets, before, now });
  return { action: 'archive', before, after, newSecrets: [] };
}

interface Ancestry {
  readonly id: string;
  readonly secrets: Readonly<Record<string, string>>;
  readonly before: HandlerEntity | undefined;
  readonly now: Date;
}

/** The next version of a handler, or the first of one that is new. */
function next(fields: HandlerFields, { id, secrets, before, now }: Ancestry): HandlerEntity {
  return {
    ...fields,
    id,
    secrets,
    signingSecrets: before?.signingSecrets ?? [],
    hold: before?.hold ?? null,
    version: (before?.version ?? 0) + 1,
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
  };
}

/** The tasks as they are to be kept, with the ids for which their secrets are sealed. */
function keptTasks(
  drafts: readonly HandlerDraft[],
  byName: ReadonlyMap<string, HandlerEntity>,
  { box, targets }: SetSituation,
): (Kept & { id: string })[] {
  const faults = [...twice(drafts), ...drafts.flatMap(answerFaultsIn)];
  const kept = drafts.map((draft, index) => {
    const current = byName.get(draft.name);
    const id = current?.id ?? uuidv7();
    try {
      return { ...keptTask(draft.task, { ownerId: id, box, targets, ...(current && { current }) }), id };
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      faults.push(...error.errors.map(({ field, message }) => ({ field: `handlers.${index}.${field}`, message })));
      return undefined;
    }
  });
  if (faults.length > 0) throw new InvalidInput(faults);
  return kept as (Kept & { id: string })[];
}

function answerFaultsIn(draft: HandlerDraft, index: number): FieldError[] {
  return answerFaults(draft).map(({ field, message }) => ({ field: `handlers.${index}.${field}`, message }));
}

function twice(drafts: readonly HandlerDraft[]): FieldError[] {
  const first = new Map<string, number>();
  return drafts.flatMap(({ name }, index) => {
    const earlier = first.get(name);
    if (earlier === undefined) first.set(name, index);
    return earlier === undefined
      ? []
      : [{ field: `handlers.${index}.name`, message: `is a duplicate of handlers.${earlier}` }];
  });
}

/** Their priorities: as given, else as they are, else behind all others of their event, in the order of the set. */
function prioritiesOf(
  drafts: readonly HandlerDraft[],
  byName: ReadonlyMap<string, HandlerEntity>,
  prune: boolean,
): number[] {
  const settled = drafts.map(({ name, priority }) => priority ?? byName.get(name)?.priority);
  const last = new Map<string, number>();
  const note = (event: string, priority: number): unknown => last.set(event, Math.max(last.get(event) ?? 0, priority));
  const named = new Set(drafts.map(({ name }) => name));
  for (const { name, event, priority } of byName.values()) if (!prune && !named.has(name)) note(event, priority);
  for (const [index, { event }] of drafts.entries()) note(event, settled[index] ?? 0);
  return drafts.map(({ event }, index) => {
    const priority = settled[index] ?? nextPriority(last.get(event) ?? null);
    note(event, priority);
    return priority;
  });
}
