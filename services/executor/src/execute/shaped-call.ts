import { eventVariables, type Kept } from '#conditions';
import type { BillingEvent } from '#contracts';
import type { RenderedTask, RenderFailure } from '#templates';
import { permanent, type Outcome } from '../call/outcome.ts';
import type { CatalogHandler } from './handler-catalog.ts';
import { spellings } from './secret-masking.ts';

/** A handler's task for an event, or why there is none. */
export function shapedTask(
  { shape, task }: Pick<CatalogHandler, 'shape' | 'task'>,
  event: BillingEvent,
  results: readonly Kept[],
): RenderedTask | RenderFailure {
  return shape ? shape.render(eventVariables(event, results)) : { task };
}

/** How an attempt ends whose request cannot be made. */
export function templateFailed({ field, message }: RenderFailure): Outcome {
  return permanent('template_failed', `${field} cannot be made for this event: ${message}`);
}

/** The secrets of a handler, and what has become of those that have placeholders. */
export function hiddenIn({ hidden = [], shape }: CatalogHandler, { task }: RenderedTask): readonly string[] {
  if (!shape || task.type !== 'http' || !task.secretHeaders) return hidden;
  const secret = new Set(task.secretHeaders);
  const values = Object.entries(task.headers).filter(([name]) => secret.has(name.toLowerCase()));
  return [...hidden, ...values.flatMap(([, value]) => spellings(value))];
}
