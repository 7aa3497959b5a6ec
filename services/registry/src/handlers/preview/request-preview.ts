import type { BillingEvent, FieldError } from '#contracts';
import { eventVariables } from '#conditions';
import { shapeOf, type RenderFailure } from '#templates';
import { taskTypeEntry } from '../tasks/task-types.ts';
import type { RequestView } from './request-preview.dto.ts';
import type { PreviewedHandler, PreviewMeans } from './shown-request.ts';

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
  const request = taskTypeEntry(task.type).request(rendered, { handler, event: shown, means });
  return { request, fault: null };
}

/** What is kept of earlier answers, only a real event has. */
function said({ message, missing }: RenderFailure): string {
  return missing?.startsWith('results.') ? `template needs results of an earlier call: ${message}` : message;
}

/** Characters that a preview takes in an answer. */
export function sizeOfPreview({ request }: RequestPreview): number {
  return request === null ? 0 : JSON.stringify(request).length;
}
