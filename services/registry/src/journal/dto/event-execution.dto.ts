import { ApiProperty } from '@nestjs/swagger';
import {
  executionStatuses,
  outcomeKinds,
  taskTypes,
  type AttemptResponse,
  type ExecutionStatus,
  type OutcomeKind,
  type TaskType,
} from '#contracts';

export class AttemptView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ type: 'integer', description: 'From 1' })
  number!: number;

  @ApiProperty({ type: 'string', enum: [...outcomeKinds] })
  outcome!: OutcomeKind;

  @ApiProperty({ type: 'string', nullable: true, description: 'Stable code of what went wrong' })
  reason!: string | null;

  @ApiProperty({ type: 'string', nullable: true, description: 'What went wrong, for people' })
  message!: string | null;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'What the other side answered' })
  response!: AttemptResponse;

  @ApiProperty({ format: 'date-time' })
  startedAt!: string;

  @ApiProperty({
    type: 'string',
    format: 'date-time',
    nullable: true,
    description: 'Not before then the next attempt is made; null when there is none, or when it is made at once',
  })
  nextAttemptAt!: string | null;

  @ApiProperty()
  durationMs!: number;

  @ApiProperty({ type: 'integer' })
  revision!: number;

  @ApiProperty({ format: 'uuid' })
  executorId!: string;
}

/**
 * Why an execution was skipped. `earlier_failed`: a handler before it failed, and stops those behind it. `condition_unmet`: its condition is
 * false for the event. `handler_disabled`: while it waited.
 */
export const skipReasons = ['earlier_failed', 'condition_unmet', 'handler_disabled'] as const;
export type SkipReason = (typeof skipReasons)[number];

export class EventExecutionView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  handlerId!: string;

  @ApiProperty({ type: 'string', nullable: true })
  handlerName!: string | null;

  @ApiProperty({ type: 'string', enum: [...taskTypes], nullable: true })
  taskType!: TaskType | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Of the handler as it is now' })
  priority!: number | null;

  @ApiProperty({ type: 'integer', description: "Place in the event's plan, from 1" })
  position!: number;

  @ApiProperty({ type: 'string', format: 'uuid', nullable: true, description: 'The replay that it belongs to' })
  replayId!: string | null;

  @ApiProperty({ description: 'True when an administrator tried the handler' })
  test!: boolean;

  @ApiProperty({ type: 'string', enum: [...executionStatuses] })
  status!: ExecutionStatus;

  @ApiProperty({ type: 'string', enum: [...skipReasons], nullable: true, description: 'Why it was skipped, if it was' })
  skipReason!: SkipReason | null;

  @ApiProperty({ type: 'number', nullable: true, description: 'Of all attempts together' })
  durationMs!: number | null;

  @ApiProperty({ type: [AttemptView], description: 'In order' })
  attempts!: AttemptView[];
}
