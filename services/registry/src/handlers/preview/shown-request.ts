import {
  cloudEventText,
  executionId,
  joinedUrl,
  nativeEventText,
  secretMark,
  type BillingEvent,
  type HandlerFields,
  type HttpTask,
} from '#contracts';
import type { TargetEntity } from '#orm';
import type { Redaction } from '#redaction';
import { lowerCased, ownHeaders, traceparentOfExecution, type RenderedTask } from '#templates';
import type { RequestView } from './request-preview.dto.ts';

/** What of a handler decides about its requests. */
export interface PreviewedHandler extends Pick<HandlerFields, 'task' | 'format'> {
  readonly id: string;
  /** Whether its calls are signed. */
  readonly isSigned: boolean;
  /** What it calls, where its task names a target. */
  readonly target: Pick<TargetEntity, 'baseUrl' | 'headers' | 'secretHeaders' | 'auth'> | undefined;
}

/** What previews need besides a handler and an event. */
export interface PreviewMeans {
  readonly redaction: Redaction;
  readonly cloudEventsSource: string;
  /** When the request would be sent. */
  readonly now: Date;
}

/** What a request is shown of. */
export interface Previewed {
  readonly handler: PreviewedHandler;
  readonly event: BillingEvent;
  readonly means: PreviewMeans;
}

/** The request of an HTTP task, as it would be sent. */
export function httpRequest(
  { task, body, contentType }: RenderedTask & { readonly task: HttpTask },
  of: Previewed,
): RequestView {
  return {
    method: task.method,
    url: urlOf(task, of.handler),
    headers: headersOf(task, contentType, of),
    body: of.means.redaction.text(body ?? eventText(of)),
  };
}

/** The event, as the handler gets it. */
export function eventText({ handler, event, means }: Previewed): string {
  return handler.format === 'cloudevents' ? cloudEventText(event, means.cloudEventsSource) : nativeEventText(event);
}

/** As it is written in the first line of a request: the parser of URLs has its own ways to write some characters. */
function urlOf({ url, path = '' }: HttpTask, { target }: PreviewedHandler): string {
  const whole = url ?? joinedUrl(target?.baseUrl ?? '', path);
  return URL.parse(whole)?.href ?? whole;
}

function headersOf(task: HttpTask, contentType: string | undefined, of: Previewed): Record<string, string> {
  const { handler, event, means } = of;
  const id = executionId(event.id, event.occurredAt, handler.id);
  const own = ownHeaders({
    executionId: id,
    eventId: event.id,
    eventType: event.type,
    handlerId: handler.id,
    attempt: 1,
    format: handler.format,
    contentType,
    timestamp: String(Math.floor(means.now.getTime() / 1000)),
    signature: handler.isSigned ? secretMark : undefined,
    traceparent: event.traceparent ?? traceparentOfExecution(id, 1),
  });
  return { ...means.redaction.headers({ ...targetHeaders(handler), ...shownHeaders(task) }), ...own };
}

function shownHeaders({ headers, secretHeaders = [] }: Pick<HttpTask, 'headers' | 'secretHeaders'>) {
  const shown = Object.entries(lowerCased(headers)).map(([name, value]) => {
    return [name, secretHeaders.includes(name) ? secretMark : value];
  });
  return Object.fromEntries(shown) as Record<string, string>;
}

function targetHeaders({ target }: PreviewedHandler): Record<string, string> {
  if (!target) return {};
  return { ...shownHeaders(target), ...(target.auth !== null && { authorization: secretMark }) };
}
