import { answerIn, type Handler } from '#contracts';
import { contextOf, failSpan, SpanKind, type Span, type Tracer } from '#observability';
import type { AttemptResult } from '../call/outcome.ts';
import { taskTypeEntry } from '../call/task-types.ts';

/** The span of an attempt, which the call carries on. */
export function attemptSpan(
  tracer: Tracer,
  event: Span,
  { id, name, task }: Pick<Handler, 'id' | 'name' | 'task'>,
  executionId: string,
  number: number,
): Span {
  const attributes = {
    'provisor.handler.id': id,
    'provisor.handler.name': name,
    'provisor.execution.id': executionId,
    'provisor.attempt': number,
    ...taskTypeEntry(task.type).callAttributes(task, number),
  };
  return tracer.startSpan(`attempt ${name}`, { kind: SpanKind.CLIENT, attributes }, contextOf(event));
}

/** Tells how an attempt ended. What the target said is in the journal only. */
export function endAttempt(span: Span, { outcome, response }: AttemptResult): void {
  const found = answerIn(response);
  span.setAttributes({
    'provisor.outcome': outcome.kind,
    ...(found && taskTypeEntry(found.type).answerAttributes(found.answer)),
  });
  if (outcome.kind !== 'success') failSpan(span, outcome.reason);
  span.end();
}
