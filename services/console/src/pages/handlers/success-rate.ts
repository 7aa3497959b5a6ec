import type { HandlerOutcomesView } from '#contracts/rest-api';

/** The share of the day's executions that succeeded, `98.5 %`; undefined without any. */
export function successRate({
  succeeded,
  failed,
}: Pick<HandlerOutcomesView, 'succeeded' | 'failed'>): string | undefined {
  const total = succeeded + failed;
  if (total === 0) return undefined;
  const percent = (100 * succeeded) / total;
  // Never rounded to all or to none of them when it is not.
  const rounded = Math.min(Math.max(Math.round(percent * 10) / 10, succeeded > 0 ? 0.1 : 0), failed > 0 ? 99.9 : 100);
  return `${rounded} %`;
}
