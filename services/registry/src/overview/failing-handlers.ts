import type { NamedHandler } from './present-state.ts';
import { sumOf, type StatusCounts } from './status-counts.ts';

/** A handler of whose executions some have failed. */
export interface FailingHandler {
  readonly id: string;
  readonly name: string;
  readonly failed: number;
  /** Succeeded or failed. */
  readonly total: number;
}

/** The handlers of which executions have failed, the one with the greatest share of failures first. */
export function failingHandlers(
  handlers: readonly NamedHandler[],
  byHandler: ReadonlyMap<string, readonly StatusCounts[]>,
): FailingHandler[] {
  return handlers
    .map(({ id, name }) => {
      const { succeeded, failed } = sumOf(byHandler.get(id) ?? []);
      return { id, name, failed, total: succeeded + failed };
    })
    .filter(({ failed }) => failed > 0)
    .sort((one, other) => other.failed / other.total - one.failed / one.total || other.failed - one.failed);
}
