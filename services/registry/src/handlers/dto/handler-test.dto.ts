import { ApiProperty, OmitType } from '@nestjs/swagger';
import type { Json, TestedAttempt } from '#contracts';
import type { Redaction } from '#redaction';
import { EventInput } from '../../events/dto/event-input.dto.ts';
import { AnyObject, Uuid } from '../../http/formats.ts';
import { AttemptView } from '../../journal/dto/event-execution.dto.ts';
import { shownKept } from '../../journal/shown-kept.ts';
import { redactedResponse } from '../../journal/redacted-response.ts';

/** Documentation only: the event is decoded from its bytes, by the rules that hold for those from RabbitMQ. */
export class HandlerTestInput {
  /** Without it: the sample of the handler's event type */
  event?: EventInput;
}

/** The attempt of a test; there is never another. */
export class TestedAttemptView extends OmitType(AttemptView, ['nextAttemptAt']) implements Omit<TestedAttempt, 'kept'> {
  @Uuid()
  executionId!: string;

  /** The event's id, generated if the event had none */
  eventId!: string;

  /** Values of the answer that later handlers of an event could read, by name; null: none were kept */
  @AnyObject({ nullable: true })
  kept!: Json;

  @ApiProperty({ type: 'boolean', enum: [true] })
  test!: true;
}

/** @param body Of the event that the handler was tried on. */
export function testedAttemptView(attempt: TestedAttempt, body: string, redaction: Redaction): TestedAttemptView {
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
    kept: shownKept(attempt.kept === null ? null : { values: attempt.kept }, redaction.hiddenTexts(body), redaction),
    startedAt: attempt.startedAt,
    durationMs: attempt.durationMs,
    revision: attempt.revision,
    executorId: attempt.executorId,
    test: true,
  };
}
