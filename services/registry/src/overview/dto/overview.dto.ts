import { ApiProperty } from '@nestjs/swagger';
import { Parameter } from '../../http/query-fields.ts';
import { oneOf } from '../../http/rules.ts';
import { attentionKinds, severities, type AttentionKind, type Severity } from '../attention.ts';
import { longWaitMinutes } from '../present-state.ts';
import { windowNames, type WindowName } from '../window.ts';

/** The parameters of `GET /overview`. */
export class OverviewQuery {
  @Parameter(oneOf(windowNames), 'The last hour by minutes, or the last day by hours; without it the hour')
  window: WindowName = 'hour';
}

export class DurationFiguresView {
  @ApiProperty({ type: 'number', nullable: true, description: 'Half of the calls took no longer; null without a call' })
  p50Ms!: number | null;

  @ApiProperty({ type: 'number', nullable: true, description: '95 of 100 calls took no longer' })
  p95Ms!: number | null;
}

export class OverviewBucketView extends DurationFiguresView {
  @ApiProperty({ format: 'date-time', description: 'When it begins' })
  at!: string;

  @ApiProperty({ type: 'integer', description: 'Events that came, or came again by a replay; not duplicates' })
  received!: number;

  @ApiProperty({ type: 'integer', description: 'Of these, those that wait now' })
  waiting!: number;

  @ApiProperty({ type: 'integer', description: 'Executions that ended so' })
  succeeded!: number;

  @ApiProperty({ type: 'integer', description: 'Executions that ended so' })
  failed!: number;

  @ApiProperty({ type: 'integer', description: 'Attempts that failed, and after which another is made later' })
  retried!: number;
}

export class ExecutionFiguresView {
  @ApiProperty({ type: 'integer' })
  succeeded!: number;

  @ApiProperty({ type: 'integer' })
  failed!: number;

  @ApiProperty({ type: 'integer', description: 'Given up before they had run' })
  skipped!: number;

  @ApiProperty({ type: 'integer', description: 'Attempts that failed, and after which another is made later' })
  retried!: number;
}

export class EventFiguresView {
  @ApiProperty({ type: 'integer', description: 'Duplicates are not among them' })
  received!: number;

  @ApiProperty({ type: 'integer' })
  succeeded!: number;

  @ApiProperty({ type: 'integer' })
  failed!: number;

  @ApiProperty({ type: 'integer' })
  waiting!: number;

  @ApiProperty({ type: 'integer', description: 'That came again, and were not run' })
  duplicates!: number;
}

export class WaitingFiguresView {
  @ApiProperty({ type: 'integer', description: 'Keys in the slow lane, see `/deferrals`' })
  keys!: number;

  @ApiProperty({ type: 'integer', description: 'Events of these keys' })
  events!: number;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, description: 'Since when the oldest key waits' })
  oldestSince!: string | null;
}

export class ExecutorFiguresView {
  @ApiProperty({ type: 'integer' })
  running!: number;

  @ApiProperty({ type: 'integer', description: 'Of these, in which the newest revision is not in force' })
  behind!: number;

  @ApiProperty({ type: 'integer', description: 'The newest revision of the catalog' })
  revision!: number;
}

export class HandlerNameView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;
}

export class FailingHandlerView extends HandlerNameView {
  @ApiProperty({ type: 'integer', description: 'Executions in the window that ended so' })
  failed!: number;

  @ApiProperty({ type: 'integer', description: 'Executions in the window that succeeded or failed' })
  total!: number;
}

export class HandlerFiguresView {
  @ApiProperty({ type: 'integer' })
  enabled!: number;

  @ApiProperty({ type: 'integer' })
  disabled!: number;

  @ApiProperty({
    type: [FailingHandlerView],
    description: 'At most 10, the one with the greatest share of failures first',
  })
  failing!: FailingHandlerView[];
}

export class AttentionView {
  @ApiProperty({
    type: 'string',
    enum: [...attentionKinds],
    description: `no_executor: none runs. circuit_open: nearly all calls of handlers fail, and their events wait. executors_behind: executors have not loaded the newest revision. handlers_failing: half of a handler's executions in the window or more. keys_waiting: for more than ${longWaitMinutes} minutes. messages_rejected: in the window`,
  })
  kind!: AttentionKind;

  @ApiProperty({ type: 'string', enum: [...severities] })
  severity!: Severity;

  @ApiProperty({ type: 'integer', description: 'Of handlers, executors, keys or messages, as the kind says' })
  count!: number;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true, description: 'Null where it is not known' })
  since!: string | null;

  @ApiProperty({ type: [HandlerNameView], description: 'Those that it is about, at most 10' })
  handlers!: HandlerNameView[];
}

/** What goes on, in figures; tests are left out of all of them. */
export class OverviewView {
  @ApiProperty({ type: 'string', enum: [...windowNames] })
  window!: WindowName;

  @ApiProperty({
    format: 'date-time',
    description: 'When it was counted: some seconds ago, since all who ask share the work',
  })
  asOf!: string;

  @ApiProperty({ format: 'date-time', description: 'When the window begins' })
  from!: string;

  @ApiProperty({ format: 'date-time', description: 'When its last bucket will be over' })
  to!: string;

  @ApiProperty({ type: 'integer' })
  bucketSeconds!: number;

  @ApiProperty({ type: [OverviewBucketView], description: 'The oldest first; the last is not over yet' })
  buckets!: OverviewBucketView[];

  @ApiProperty({ type: ExecutionFiguresView, description: 'That ended in the window' })
  executions!: ExecutionFiguresView;

  @ApiProperty({ type: DurationFiguresView, description: 'Of the calls in the window; from a sample of some thousand' })
  duration!: DurationFiguresView;

  @ApiProperty({ type: EventFiguresView, description: 'That came in the window, and where they stand now' })
  events!: EventFiguresView;

  @ApiProperty({ type: WaitingFiguresView, description: 'Now' })
  waiting!: WaitingFiguresView;

  @ApiProperty({ type: 'integer', description: 'Messages in the window that were no events' })
  rejected!: number;

  @ApiProperty({ type: ExecutorFiguresView, description: 'Now' })
  executors!: ExecutorFiguresView;

  @ApiProperty({ type: HandlerFiguresView })
  handlers!: HandlerFiguresView;

  @ApiProperty({
    type: [AttentionView],
    description: 'What needs somebody, the most pressing first; empty when all is well',
  })
  attention!: AttentionView[];
}
