import { OmitType } from '@nestjs/swagger';
import type { TargetEntity } from '#orm';
import { Integer, OneOf } from '../../http/formats.ts';
import { CreateTargetInput } from './target-input.dto.ts';
import { TargetView } from './target.dto.ts';
import { shownTarget } from '../shown-target.ts';
import {
  targetSetActions,
  type TargetSetAction,
  type TargetSetChange,
  type TargetSetPlan,
} from '../set/target-plan.ts';

/** A target in a set, whole. */
export class TargetInSetInput extends CreateTargetInput {}

const addedByRegistry = ['id', 'hold', 'handlerCount', 'version', 'createdAt', 'updatedAt'] as const;

/** A target in a set: the fields that an administrator chooses. */
export class TargetInSetView extends OmitType(TargetView, addedByRegistry) {}

export class TargetSetChangeView {
  @OneOf(targetSetActions)
  action!: TargetSetAction;

  name!: string;

  /** Null for a target that is new */
  before!: TargetInSetView | null;

  /** Null for one that is deleted */
  after!: TargetInSetView | null;

  /** Secrets with new values, such as `auth:secret` */
  secrets!: string[];
}

export class TargetSetResultView {
  /** Those in the set in its order, then those deleted */
  changes!: TargetSetChangeView[];

  /** Number of unchanged targets in the set */
  @Integer()
  unchanged!: number;
}

export function targetInSetView(target: TargetEntity): TargetInSetView {
  return shownTarget(target);
}

export function targetSetView({
  changes,
  unchanged,
}: Pick<TargetSetPlan, 'changes' | 'unchanged'>): TargetSetResultView {
  return { changes: changes.map(changeView), unchanged };
}

function changeView({ action, before, after, newSecrets }: TargetSetChange): TargetSetChangeView {
  return {
    action,
    name: after.name,
    before: before ? targetInSetView(before) : null,
    after: action === 'delete' ? null : targetInSetView(after),
    secrets: newSecrets,
  };
}
