import { OmitType } from '@nestjs/swagger';
import type { Task } from '#contracts';
import type { HandlerEntity } from '#orm';
import { Integer, OneOf } from '../../../http/formats.ts';
import { FieldErrorView } from '../../../http/problem.dto.ts';
import { TargetInSetView, TargetSetResultView } from '../../../targets/dto/target-set.dto.ts';
import { HandlerView, handlerView } from '../../dto/handler.dto.ts';
import { setActions, type SetAction, type SetChange } from '../set-plan.ts';

const addedByRegistry = ['id', 'signingSecrets', 'hold', 'version', 'createdAt', 'updatedAt'] as const;

/** A handler in a set: the fields that an administrator chooses. */
export class HandlerInSetView extends OmitType(HandlerView, addedByRegistry) {}

export class HandlerSetView {
  /** Revision of the catalog; the ETag */
  @Integer()
  revision!: number;

  /** Timeout of a handler that names none, in milliseconds (`DEFAULT_TIMEOUT_MS`) */
  @Integer()
  defaultTimeoutMs!: number;

  /** All targets, by name */
  targets!: TargetInSetView[];

  /** All that are not archived, by event, in the order they run; their tasks name targets by their names */
  handlers!: HandlerInSetView[];
}

export class HandlerSetChangeView {
  @OneOf(setActions)
  action!: SetAction;

  name!: string;

  /** Null for a handler that is new */
  before!: HandlerInSetView | null;

  /** Null for one that is archived */
  after!: HandlerInSetView | null;

  /** Secrets with new values, `header:authorization` or `tls:key` */
  secrets!: string[];

  /** Valid input that is probably a mistake; absent when there is none */
  warnings?: FieldErrorView[];
}

export class HandlerSetResultView {
  /** Revision of the catalog with this set; the ETag */
  @Integer()
  revision!: number;

  /** Those in the set in its order, then those archived */
  changes!: HandlerSetChangeView[];

  /** Number of unchanged handlers in the set */
  @Integer()
  unchanged!: number;

  targets!: TargetSetResultView;
}

/** The names of targets, by id. */
type TargetNames = ReadonlyMap<string, string>;

/** Ids of targets differ between installations; their names do not. */
export function handlerInSetView(handler: HandlerEntity, targetNames: TargetNames): HandlerInSetView {
  const added: readonly string[] = addedByRegistry;
  const chosen = Object.entries(handlerView(handler, handler.updatedAt)).filter(([field]) => !added.includes(field));
  const view = Object.fromEntries(chosen) as unknown as HandlerInSetView;
  return Object.assign(view, { task: withTargetName(view.task, targetNames) });
}

function withTargetName(task: Task, targetNames: TargetNames): Task {
  if (task.type !== 'http' || task.target === undefined) return task;
  return { ...task, target: targetNames.get(task.target) ?? task.target };
}

export function changeView(
  { action, before, after, newSecrets }: SetChange,
  warnings: FieldErrorView[],
  targetNames: TargetNames,
): HandlerSetChangeView {
  return {
    action,
    name: after.name,
    before: before ? handlerInSetView(before, targetNames) : null,
    after: action === 'archive' ? null : handlerInSetView(after, targetNames),
    secrets: newSecrets,
    ...(warnings.length > 0 && { warnings }),
  };
}
