import type { ConditionEvent } from '#conditions';
import type { EventType } from '#contracts';

/** When all samples happened. */
const sampleTime = Date.UTC(2026, 2, 1, 9, 15);

/** The sample of an event type, which has what the billing system really sends, for expressions to be asked of. */
export function sampleOf(type: EventType): ConditionEvent {
  return {
    id: 'sample',
    type: type.id,
    occurredAt: sampleTime,
    objectId: type.sampleObject.id,
    body: JSON.stringify({ data: type.sample }),
  };
}

/**
 * What to do about an expression that fails for the sample.
 *
 * @param missing The field that the sample does not have, as the expression names it.
 */
export function advice(type: EventType, missing: string | undefined): string {
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

/** Whether an expression lacks what only an earlier answer could have: then the sample tells nothing. */
export function needsResults(missing: string | undefined): boolean {
  return missing?.startsWith('results.') ?? false;
}
