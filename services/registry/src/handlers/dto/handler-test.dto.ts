import { ApiProperty, OmitType } from '@nestjs/swagger';
import type { TestedAttempt } from '#contracts';
import type { Redaction } from '#redaction';
import { EventInput } from '../../events/dto/event-input.dto.ts';
import { Uuid } from '../../http/formats.ts';
import { AttemptView } from '../../journal/dto/event-execution.dto.ts';
import { redactedResponse } from '../../journal/redacted-response.ts';

/** Documentation only: the event is decoded from its bytes, by the rules that hold for those from RabbitMQ. */
export class HandlerTestInput {
  /** Without it: the sample of the handler's event type */
  event?: EventInput;
}

/** The attempt of a test; there is never another. */
export class TestedAttemptView extends OmitType(AttemptView, ['nextAttemptAt']) implements TestedAttempt {
  @Uuid()
  executionId!: string;

  /** The event's id, generated if the event had none */
  eventId!: string;

  @ApiProperty({ type: 'boolean', enum: [true] })
  test!: true;
}

export function testedAttemptView(attempt: TestedAttempt, redaction: Redaction): TestedAttemptView {
  return {
    id: attempt.id,
    executionId: attempt.executionId,
    eventId: attempt.eventId,
    number: attempt.number,
    outcome: attempt.outcome,
    reason: attempt.reason,
    message: attempt.message && redaction.text(attempt.message),
    reached: attempt.reached,
    response: redactedResponse(attempt.response, redaction),
    startedAt: attempt.startedAt,
    durationMs: attempt.durationMs,
    revision: attempt.revision,
    executorId: attempt.executorId,
    test: true,
  };
}
