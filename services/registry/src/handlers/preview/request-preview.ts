import {
  cloudEventText,
  executionId,
  joinedUrl,
  nativeEventText,
  secretMark,
  type BillingEvent,
  type FieldError,
  type HandlerFields,
  type HttpTask,
  type Tasks,
  type TaskType,
} from '#contracts';
import { eventVariables } from '#conditions';
import type { TargetEntity } from '#orm';
import type { Redaction } from '#redaction';
import {
  lowerCased,
  ownHeaders,
  shapeOf,
  traceparentOfExecution,
  type RenderedTask,
  type RenderFailure,
} from '#templates';
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

export interface RequestPreview {
  readonly request: RequestView | null;
  readonly fault: FieldError | null;
}

/**
 * The request of a first attempt, as an executor would send it; nothing is sent. Values of redacted fields are hidden
 * before the request is made of them, so that no expression shows them in another form.
 */
export function requestPreview(handler: PreviewedHandler, event: BillingEvent, means: PreviewMeans): RequestPreview {
  const shown = { ...event, body: means.redaction.json(event.body) };
  const { task } = handler;
  const rendered = shapeOf(task)?.render(eventVariables(shown, [])) ?? { task };
  if ('message' in rendered) return { request: null, fault: { field: rendered.field, message: said(rendered) } };
  const request = views[task.type] as (rendered: RenderedTask, of: Of) => RequestView;
  return { request: request(rendered, { handler, event: shown, means }), fault: null };
}

interface Of {
  readonly handler: PreviewedHandler;
  readonly event: BillingEvent;
  readonly means: PreviewMeans;
}

type View<T extends TaskType> = (rendered: RenderedTask & { readonly task: Tasks[T] }, of: Of) => RequestView;

const views: { readonly [T in TaskType]: View<T> } = {
  script: ({ task: { path, args } }, of) => ({ script: { path, args: [...args], input: eventText(of) } }),
  http: ({ task, body, contentType }, of) => ({
    method: task.method,
    url: urlOf(task, of.handler),
    headers: headersOf(task, contentType, of),
    body: of.means.redaction.text(body ?? eventText(of)),
  }),
  email: ({ task: { to, cc, subject, text } }) => ({ email: { to: [...to], cc: [...cc], subject, text } }),
};

function eventText({ handler, event, means }: Of): string {
  return handler.format === 'cloudevents' ? cloudEventText(event, means.cloudEventsSource) : nativeEventText(event);
}

/** As it is written in the first line of a request: the parser of URLs has its own ways to write some characters. */
function urlOf({ url, path = '' }: HttpTask, { target }: PreviewedHandler): string {
  const whole = url ?? joinedUrl(target?.baseUrl ?? '', path);
  return URL.parse(whole)?.href ?? whole;
}

function headersOf(task: HttpTask, contentType: string | undefined, of: Of): Record<string, string> {
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

/** What is kept of earlier answers, only a real event has. */
function said({ message, missing }: RenderFailure): string {
  return missing?.startsWith('results.') ? `template needs results of an earlier call: ${message}` : message;
}

/** Characters that a preview takes in an answer. */
export function sizeOfPreview({ request }: RequestPreview): number {
  return request === null ? 0 : JSON.stringify(request).length;
}
