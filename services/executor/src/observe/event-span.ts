import type { Delivery } from '#broker';
import { commandQueue, type BillingEvent } from '#contracts';
import { contextFrom, failSpan, linksTo, SpanKind, type Span, type SpanAttributes, type Tracer } from '#observability';
import type { Lane } from '../call/call.ts';
import { deferralsOf, type EventEnd, type Progress, type Replay, type Run } from '../record/run.ts';

// Names as in OpenTelemetry's conventions for messaging, RabbitMQ and HTTP; what they have no name for begins with
// `provisor`.

const processing = {
  'messaging.system': 'rabbitmq',
  'messaging.operation.name': 'process',
  'messaging.operation.type': 'process',
};

/** An event, and why it is handled once more. */
type Occurrence = Pick<Run, 'event' | 'replay'>;

/**
 * The span of an event for as long as its message is held. It continues the publisher's; that of a replay begins a
 * trace, and is linked to the span in which the event was handled before.
 */
export function deliveredSpan(
  tracer: Tracer,
  { event, replay }: Occurrence,
  delivery: Delivery,
  waitedMs: number,
): Span {
  const attributes = {
    ...messageAttributes(delivery),
    ...eventAttributes(event, replay, 'fast'),
    'provisor.event.waited_ms': Math.round(waitedMs),
  };
  return consumerSpan(tracer, event, event.traceparent, attributes, replay?.trace);
}

/**
 * The span of an event that is taken up from the slow lane, once more each time. It is in the trace of the span that
 * put it there, as what follows from it, and linked to it: hours may lie between the two.
 *
 * @param urgent True when a person wants it tried now.
 */
export function resumedSpan(tracer: Tracer, { event, replay }: Occurrence, urgent: boolean): Span {
  const attributes = eventAttributes(event, replay, urgent ? 'urgent' : 'slow');
  return consumerSpan(tracer, event, event.traceparent, attributes, event.traceparent ?? undefined);
}

/** The span of a handler's test, as the registry asked for it. */
export function testSpan(tracer: Tracer, event: BillingEvent): Span {
  return consumerSpan(tracer, event, event.traceparent, {
    ...processing,
    'messaging.destination.name': commandQueue,
    ...eventAttributes(event, null, 'urgent'),
    'provisor.test': true,
  });
}

function consumerSpan(
  tracer: Tracer,
  { type }: BillingEvent,
  parent: string | null,
  attributes: SpanAttributes,
  link?: string,
): Span {
  const options = { kind: SpanKind.CONSUMER, attributes, links: linksTo(link) };
  return tracer.startSpan(`process ${type}`, options, contextFrom(parent));
}

function messageAttributes({ exchange, routingKey, queue, messageId, content }: Delivery): SpanAttributes {
  const names = [exchange, routingKey === queue ? '' : routingKey, queue].filter((name) => name !== '');
  return {
    ...processing,
    'messaging.destination.name': names.join(':'),
    'messaging.rabbitmq.destination.routing_key': routingKey,
    'messaging.message.id': messageId,
    'messaging.message.body.size': content.length,
  };
}

function eventAttributes(event: BillingEvent, replay: Replay | null, lane: Lane | 'urgent'): SpanAttributes {
  return {
    'provisor.event.id': event.id,
    'provisor.event.type': event.type,
    'provisor.partition_key': event.partitionKey,
    'provisor.lane': lane,
    'provisor.replay.id': replay?.id,
  };
}

/** Tells which handlers an event runs. */
export function tellPlan(span: Span, { steps }: Progress, revision: number): void {
  const handlers = steps.map(({ handlerId }) => handlerId);
  span.setAttributes({ 'provisor.revision': revision, 'provisor.handlers': handlers.length });
  span.addEvent('plan', { 'provisor.plan': handlers });
}

/** Records the result of an event, or of a part of one. */
export function tellEnd(span: Span, end: EventEnd): void {
  span.setAttributes({ 'provisor.event.result': end.status });
  if (end.skipped.length > 0) span.setAttributes({ 'provisor.skipped': [...end.skipped] });
  for (const { handlerId, reason, delayMs, detached } of deferralsOf(end)) {
    span.addEvent('deferred', {
      'provisor.handler.id': handlerId,
      'provisor.reason': reason,
      'provisor.delay_ms': delayMs,
      'provisor.detached': detached,
    });
  }
  if (end.failed) failSpan(span, 'handler_failed');
}
