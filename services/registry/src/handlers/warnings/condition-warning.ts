import { compiled } from '#conditions';
import type { EventType } from '#contracts';

/** When all samples happened. */
const sampleTime = Date.UTC(2026, 2, 1, 9, 15);

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
  const verdict = compiled(condition).of({
    id: 'sample',
    type: type.id,
    occurredAt: sampleTime,
    objectId: type.sampleObject.id,
    body: JSON.stringify({ data: type.sample }),
  });
  if (verdict.kind !== 'failed') return undefined;
  const { message, missing } = verdict;
  return `For the sample of ${type.id}, this condition fails: ${message}. ${advice(type, missing)}`;
}

function advice(type: EventType, missing: string | undefined): string {
  if (missing === undefined) return 'Handlers fail for events like it.';
  const [root, field] = missing.split('.') as [string, string];
  if (root === 'previous')
    return `Events may come without previous values; test for the field with has(${missing}) first.`;
  if (root !== 'data') return `Test for the field with has(${missing}) first.`;
  return Object.keys(type.sample).length === 0
    ? `The billing system sends no data for this event, and so no field "${field}".`
    : `The billing system sends no field "${missing.slice('data.'.length)}" for this event; ` +
        `test for it with has(${missing}) if it may be there.`;
}
