import { isDeepStrictEqual } from 'node:util';
import { v7 as uuidv7 } from 'uuid';
import type { FieldError } from '#contracts';
import type { TargetEntity } from '#orm';
import type { SecretBox } from '#secrets';
import { InvalidInput } from '../../domain-error.ts';
import type { CreateTargetInput } from '../dto/target-input.dto.ts';
import { keptTarget, type KeptTarget } from '../kept-target.ts';
import { originOf, type TargetLookup } from '../target-lookup.ts';
import { keptOf, newTarget, nextTarget } from '../targets.service.ts';

export const targetSetActions = ['create', 'update', 'delete'] as const;
export type TargetSetAction = (typeof targetSetActions)[number];

/** The change of one target. */
export interface TargetSetChange {
  readonly action: TargetSetAction;
  readonly before: TargetEntity | undefined;
  readonly after: TargetEntity;
  /** Slots of the secrets with new values, sorted. */
  readonly newSecrets: string[];
}

export interface TargetSetPlan {
  readonly changes: readonly TargetSetChange[];
  /** How many of the set are as they were. */
  readonly unchanged: number;
  /** The targets that the handlers of the set may name, by their names. */
  readonly lookup: TargetLookup;
  /** The names of all targets, by id. */
  readonly names: ReadonlyMap<string, string>;
}

/** The targets of a requested set. */
export interface WantedTargets {
  /** Undefined: they stay as they are. */
  readonly targets: readonly CreateTargetInput[] | undefined;
  /** Whether what is not in it goes. */
  readonly prune: boolean;
}

export interface TargetSetSituation {
  /** Every target that is not deleted. */
  readonly current: readonly TargetEntity[];
  readonly box: SecretBox;
  readonly now: Date;
}

/**
 * What has to be done so that the targets of a set are what there is. Names say which target is which, and each is
 * meant whole. A set that says nothing of targets leaves them alone, also one that prunes.
 *
 * @throws {InvalidInput} Naming all that is wrong with any of them.
 */
export function planTargets({ targets, prune }: WantedTargets, situation: TargetSetSituation): TargetSetPlan {
  const { current, now } = situation;
  const drafts = targets ?? [];
  const byName = new Map(current.map((target) => [target.name, target]));
  const kept = keptTargets(drafts, byName, situation);
  const planned = kept.map(({ id, target }) => changeTo(id, target, byName.get(target.name), now));
  const changed = planned.filter((change) => change !== undefined);
  const named = new Set(drafts.map(({ name }) => name));
  const surplus = targets !== undefined && prune ? current.filter(({ name }) => !named.has(name)) : [];
  const changes = [...changed, ...surplus.map((target) => deletion(target, now))];
  return {
    changes,
    unchanged: drafts.length - changed.length,
    lookup: lookupOf(current, changes),
    names: new Map([...current, ...changes.map(({ after }) => after)].map(({ id, name }) => [id, name])),
  };
}

/** The changes after which calls of a target go to another origin. */
export function movedTargets(changes: readonly TargetSetChange[]): TargetEntity[] {
  return changes
    .filter(({ before, after }) => before !== undefined && originOf(before.baseUrl) !== originOf(after.baseUrl))
    .map(({ after }) => after);
}

function changeTo(
  id: string,
  kept: KeptTarget,
  before: TargetEntity | undefined,
  now: Date,
): TargetSetChange | undefined {
  if (before && isDeepStrictEqual(kept, keptOf(before))) return undefined;
  const after: TargetEntity = before ? nextTarget(before, kept, now) : newTarget(id, kept, now);
  const newSecrets = Object.keys(kept.secrets).filter((slot) => kept.secrets[slot] !== before?.secrets[slot]);
  return { action: before ? 'update' : 'create', before, after, newSecrets: newSecrets.sort() };
}

function deletion(before: TargetEntity, now: Date): TargetSetChange {
  const after = nextTarget(before, { deletedAt: now }, now);
  return { action: 'delete', before, after, newSecrets: [] };
}

function keptTargets(
  drafts: readonly CreateTargetInput[],
  byName: ReadonlyMap<string, TargetEntity>,
  { box }: TargetSetSituation,
): { id: string; target: KeptTarget }[] {
  const faults = duplicates(drafts);
  const kept = drafts.map((draft, index) => {
    const current = byName.get(draft.name);
    const id = current?.id ?? uuidv7();
    try {
      return { id, target: keptTarget(draft, { ownerId: id, box, ...(current && { current: keptOf(current) }) }) };
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      faults.push(...error.errors.map(({ field, message }) => ({ field: `targets.${index}.${field}`, message })));
      return undefined;
    }
  });
  if (faults.length > 0) throw new InvalidInput(faults);
  return kept as { id: string; target: KeptTarget }[];
}

function duplicates(drafts: readonly CreateTargetInput[]): FieldError[] {
  const first = new Map<string, number>();
  return drafts.flatMap(({ name }, index) => {
    const earlier = first.get(name);
    if (earlier === undefined) first.set(name, index);
    return earlier === undefined
      ? []
      : [{ field: `targets.${index}.name`, message: `is a duplicate of targets.${earlier}` }];
  });
}

/** The targets as they will be, by name; where they are now, by id. */
function lookupOf(current: readonly TargetEntity[], changes: readonly TargetSetChange[]): TargetLookup {
  const before = new Map(current.map((target) => [target.id, target]));
  const after = new Map([...current, ...changes.map((change) => change.after)].map((target) => [target.id, target]));
  const byName = new Map([...after.values()].filter(({ deletedAt }) => !deletedAt).map((each) => [each.name, each]));
  return {
    named: (name) => byName.get(name),
    originOf: (id) => {
      const found = before.get(id);
      return found && originOf(found.baseUrl);
    },
    nameOf: (id) => after.get(id)?.name,
  };
}
