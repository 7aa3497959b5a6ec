import { ApiExtraModels, ApiProperty } from '@nestjs/swagger';
import {
  eventFormats,
  failurePolicies,
  fieldsOf,
  handlerStatuses,
  type EventFormat,
  type FailurePolicy,
  type Handler,
  type HandlerStatus,
  type RetryPolicy,
  type Task,
} from '#contracts';
import type { HandlerEntity } from '#orm';
import { HoldView, HoldWindowView } from '../../holds/dto/hold-window.dto.ts';
import { holdInForce } from '../../holds/hold-in-force.ts';
import { plainWindows } from '../../holds/plain-windows.ts';
import { DateTime, Integer, OneOf, Uuid } from '../../http/formats.ts';
import { FieldErrorView } from '../../http/problem.dto.ts';
import { inForce } from '../signing/signing-secret.ts';
import { shownTask } from '../tasks/shown-task.ts';
import { anyTask, taskClasses } from '../tasks/task-types.ts';
import { OutcomeRuleView } from './outcome-rule.dto.ts';
import { signingSecretView, SigningSecretView } from './signing-secret.dto.ts';

export class RetryView implements RetryPolicy {
  @Integer()
  maxAttempts!: number;

  schedule!: string[];
}

@ApiExtraModels(...taskClasses('view'))
export class HandlerView implements Omit<Handler, 'format'> {
  @Uuid()
  id!: string;

  name!: string;

  description!: string;

  event!: string;

  @ApiProperty(anyTask('view'))
  task!: Task;

  @OneOf(handlerStatuses)
  status!: HandlerStatus;

  @Integer()
  @ApiProperty({ minimum: 1 })
  priority!: number;

  @OneOf(failurePolicies)
  onFailure!: FailurePolicy;

  @Integer()
  timeoutMs!: number;

  retry!: RetryView;

  @Integer()
  maxConcurrency!: number;

  /** In CEL; null: the handler runs for all events of its type */
  condition!: string | null;

  /** Of a handler for notices: it runs when the trouble has lasted this long, and for its end then; null: at once */
  lasting!: string | null;

  /** Format in which the handler receives events; absent: native */
  @OneOf(eventFormats.filter((format) => format !== 'native'))
  format?: EventFormat;

  /** Rules that judge answers: the first that is true decides; where none is, the usual rules do */
  outcomes!: OutcomeRuleView[];

  /** Values of a successful answer, in CEL, which later handlers of the event read as `results` */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  keep!: Record<string, string>;

  /** Weekly hours in which it is not called */
  windows!: HoldWindowView[];

  /** Events a second that continue at the end of a hold, at most */
  releasePerSecond!: number;

  /** What a person has said about not calling it; null: nothing that still holds */
  hold!: HoldView | null;

  /** Secrets that sign the handler's calls now, the newest last; absent if calls are not signed */
  signingSecrets?: SigningSecretView[];

  /** Grows by one with every change; the ETag */
  @Integer()
  version!: number;

  @DateTime()
  createdAt!: string;

  @DateTime()
  updatedAt!: string;
}

export class ChangedHandlerView extends HandlerView {
  /** Valid input that is probably a mistake, such as a script that no executor has; absent when there is none */
  warnings?: FieldErrorView[];
}

/** A handler as the REST API shows it at a time, which decides about secrets that expire. */
export function handlerView(handler: HandlerEntity, now: Date): HandlerView {
  const signingSecrets = inForce(handler.signingSecrets, now);
  const { format, ...fields } = fieldsOf(handler);
  return {
    id: handler.id,
    ...fields,
    task: shownTask(handler.task),
    retry: { maxAttempts: handler.retry.maxAttempts, schedule: handler.retry.schedule },
    ...(format !== 'native' && { format }),
    windows: plainWindows(handler.windows),
    hold: holdInForce(handler.hold, now),
    ...(signingSecrets.length > 0 && { signingSecrets: signingSecrets.map(signingSecretView) }),
    version: handler.version,
    createdAt: handler.createdAt.toISOString(),
    updatedAt: handler.updatedAt.toISOString(),
  };
}
