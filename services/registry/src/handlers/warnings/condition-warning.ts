import { compiled } from '#conditions';
import type { EventType } from '#contracts';
import { advice, needsResults, sampleOf } from './sample-advice.ts';

/**
 * Evaluates a condition on the sample of its event type, which has what the billing system really sends. A condition
 * that fails there fails for most events, if not for all. It is saved nevertheless, because the sample may lack what
 * real events have.
 *
 * @param condition One that {@link conditionFault} accepts.
 * @param type The handler's event type.
 * @returns A sentence for the administrator; undefined if the condition can be evaluated.
 */
export function conditionWarning(condition: string, type: EventType): string | undefined {
  const verdict = compiled(condition).of(sampleOf(type));
  if (verdict.kind !== 'failed' || needsResults(verdict.missing)) return undefined;
  const { message, missing } = verdict;
  return `For the sample of ${type.id}, this condition fails: ${message}. ${advice(type, missing)}`;
}
