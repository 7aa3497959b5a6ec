import { OmitType } from '@nestjs/swagger';
import type { HandlerEntity } from '#database';
import { Integer, OneOf } from '../../../http/formats.ts';
import { FieldErrorView } from '../../../http/problem.dto.ts';
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

  /** All that are not archived, by event, in the order they run */
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
}

export function handlerInSetView(handler: HandlerEntity): HandlerInSetView {
  const added: readonly string[] = addedByRegistry;
  const chosen = Object.entries(handlerView(handler, handler.updatedAt)).filter(([field]) => !added.includes(field));
  return Object.fromEntries(chosen) as unknown as HandlerInSetView;
}

export function changeView(
  { action, before, after, newSecrets }: SetChange,
  warnings: FieldErrorView[],
): HandlerSetChangeView {
  return {
    action,
    name: after.name,
    before: before ? handlerInSetView(before) : null,
    after: action === 'archive' ? null : handlerInSetView(after),
    secrets: newSecrets,
    ...(warnings.length > 0 && { warnings }),
  };
}
