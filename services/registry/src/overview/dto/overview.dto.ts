import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { FailureGroupView } from '../../failures/dto/failure-group.dto.ts';
import { HoldPeriodView } from '../../holds/dto/held.dto.ts';
import { IfGiven } from '../../http/fields.ts';
import { DateTime, Integer, OneOf, Uuid } from '../../http/formats.ts';
import { attentionKinds, severities, type AttentionKind, type Severity } from '../attention.ts';
import { longWaitMinutes } from '../present-state.ts';
import { windowNames, type WindowName } from '../window.ts';

/** The parameters of `GET /overview`. */
export class OverviewQuery {
  /** The last hour by minutes, or the last day by hours */
  @IfGiven()
  @IsIn(windowNames)
  window: WindowName = 'hour';
}

export class DurationFiguresView {
  /** Median duration of the calls; null without a call */
  p50Ms!: number | null;

  /** p95 duration of the calls; null without a call */
  p95Ms!: number | null;
}

export class OverviewBucketView extends DurationFiguresView {
  /** When it begins */
  @DateTime()
  at!: string;

  /** Received and replayed events, without duplicates */
  @Integer()
  received!: number;

  /** Received events that wait now */
  @Integer()
  waiting!: number;

  /** Executions that succeeded */
  @Integer()
  succeeded!: number;

  /** Executions that failed */
  @Integer()
  failed!: number;

  /** Failed attempts that are followed by a retry */
  @Integer()
  retried!: number;
}

export class ExecutionFiguresView {
  @Integer()
  succeeded!: number;

  @Integer()
  failed!: number;

  /** Given up before they had run */
  @Integer()
  skipped!: number;

  /** Failed attempts that are followed by a retry */
  @Integer()
  retried!: number;
}

export class EventFiguresView {
  /** Duplicates are not among them */
  @Integer()
  received!: number;

  @Integer()
  succeeded!: number;

  @Integer()
  failed!: number;

  @Integer()
  waiting!: number;

  /** Duplicates, which did not run */
  @Integer()
  duplicates!: number;
}

export class WaitingFiguresView {
  /** Keys in the slow lane, see `/deferrals` */
  @Integer()
  keys!: number;

  /** Events of these keys */
  @Integer()
  events!: number;

  /** Since when the oldest key waits */
  @DateTime()
  oldestSince!: string | null;
}

export class OpenFailuresView {
  /** Open failures in all, see `/failures` */
  @Integer()
  count!: number;

  /** At most 5, the largest first */
  groups!: FailureGroupView[];
}

export class ExecutorFiguresView {
  @Integer()
  running!: number;

  /** Executors without the newest revision */
  @Integer()
  behind!: number;

  /** The newest revision of the catalog */
  @Integer()
  revision!: number;
}

export class HandlerNameView {
  @Uuid()
  id!: string;

  name!: string;
}

export class TargetNameView {
  @Uuid()
  id!: string;

  name!: string;
}

export class FailingHandlerView extends HandlerNameView {
  /** Executions in the window that failed */
  @Integer()
  failed!: number;

  /** Executions in the window that succeeded or failed */
  @Integer()
  total!: number;
}

export class HandlerFiguresView {
  @Integer()
  enabled!: number;

  @Integer()
  disabled!: number;

  /** At most 10, the one with the greatest share of failures first */
  failing!: FailingHandlerView[];
}

export class AttentionView {
  @ApiProperty({
    enum: [...attentionKinds],
    description:
      'no_executor: no executor runs. circuit_open: the circuit breaker of a handler or target is open, and its events wait. ' +
      'executors_behind: executors have not loaded the newest revision. ' +
      "handlers_failing: half of a handler's executions in the window failed, or more. " +
      `keys_waiting: keys wait for more than ${longWaitMinutes} minutes. ` +
      'messages_rejected: messages were rejected in the window',
  })
  kind!: AttentionKind;

  @OneOf(severities)
  severity!: Severity;

  /** Number of handlers and targets, executors, keys or messages, depending on the kind */
  @Integer()
  count!: number;

  /** Null where it is not known */
  @DateTime()
  since!: string | null;

  /** Handlers concerned, at most 10 */
  handlers!: HandlerNameView[];

  /** Targets concerned, at most 10 */
  targets!: TargetNameView[];
}

/** What goes on, in figures; tests are left out of all of them. */
export class OverviewView {
  @OneOf(windowNames)
  window!: WindowName;

  /** When the figures were counted; they are reused for a few seconds */
  @DateTime()
  asOf!: string;

  /** When the window begins */
  @DateTime()
  from!: string;

  /** End of the last bucket */
  @DateTime()
  to!: string;

  @Integer()
  bucketSeconds!: number;

  /** The oldest first; the last one is incomplete */
  buckets!: OverviewBucketView[];

  /** Executions that ended in the window */
  executions!: ExecutionFiguresView;

  /** Durations of calls in the window, from a sample of a few thousand */
  duration!: DurationFiguresView;

  /** Events received in the window, by their current status */
  events!: EventFiguresView;

  /** Now */
  waiting!: WaitingFiguresView;

  /** Now, whenever they failed */
  openFailures!: OpenFailuresView;

  /** Messages in the window that were no events */
  @Integer()
  rejected!: number;

  /** Now */
  executors!: ExecutorFiguresView;

  handlers!: HandlerFiguresView;

  /** What is held now and what comes within 8 days, see `/holds`: at most 10 */
  holds!: HoldPeriodView[];

  /** Problems that need attention, the most urgent first */
  attention!: AttentionView[];
}
