import { ApiProperty, OmitType } from '@nestjs/swagger';
import { HandlerView, handlerView } from '../../dto/handler.dto.ts';
import type { HandlerEntity } from '#database';
import { setActions, type SetAction, type SetChange } from '../set-plan.ts';

const addedByRegistry = ['id', 'signingSecrets', 'version', 'createdAt', 'updatedAt'] as const;

/** A handler as it stands in a set: what of it is somebody's choice. */
export class HandlerInSetView extends OmitType(HandlerView, addedByRegistry) {}

export class HandlerSetView {
  @ApiProperty({ type: 'integer', description: 'Revision of the catalog; the ETag' })
  revision!: number;

  @ApiProperty({ type: [HandlerInSetView], description: 'All that are not archived, by event, in the order they run' })
  handlers!: HandlerInSetView[];
}

export class HandlerSetChangeView {
  @ApiProperty({ type: 'string', enum: [...setActions] })
  action!: SetAction;

  @ApiProperty()
  name!: string;

  @ApiProperty({ type: HandlerInSetView, nullable: true, description: 'Null for a handler that is new' })
  before!: HandlerInSetView | null;

  @ApiProperty({ type: HandlerInSetView, nullable: true, description: 'Null for one that is archived' })
  after!: HandlerInSetView | null;

  @ApiProperty({ type: [String], description: 'Secrets that were given anew, `header:authorization` or `tls:key`' })
  secrets!: string[];
}

export class HandlerSetResultView {
  @ApiProperty({ type: 'integer', description: 'Revision of the catalog that has the set in force; the ETag' })
  revision!: number;

  @ApiProperty({ type: [HandlerSetChangeView], description: 'Those in the set in its order, then those archived' })
  changes!: HandlerSetChangeView[];

  @ApiProperty({ type: 'integer', description: 'How many of the set are as they were' })
  unchanged!: number;
}

export function handlerInSetView(handler: HandlerEntity): HandlerInSetView {
  const added: readonly string[] = addedByRegistry;
  const chosen = Object.entries(handlerView(handler)).filter(([field]) => !added.includes(field));
  return Object.fromEntries(chosen) as unknown as HandlerInSetView;
}

export function changeView({ action, before, after, newSecrets }: SetChange): HandlerSetChangeView {
  return {
    action,
    name: after.name,
    before: before ? handlerInSetView(before) : null,
    after: action === 'archive' ? null : handlerInSetView(after),
    secrets: newSecrets,
  };
}
