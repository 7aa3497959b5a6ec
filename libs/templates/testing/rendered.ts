import { Budget, eventVariables, Fault, type Kept } from '#conditions';
import type { Place } from '../places/place.ts';
import { Template } from '../template.ts';

/** What can be named of an event with this data; a JSON text, so that numbers keep their digits. */
export function variablesWith(data: string, results: readonly Kept[] = []): ReturnType<typeof eventVariables> {
  const body = `{"event":{},"data":${data}}`;
  const occurredAt = Date.UTC(2026, 2, 1, 9, 15);
  return eventVariables({ id: 'e-1', type: 'clients.create', occurredAt, objectId: 12, body }, results);
}

/** A template rendered for an event with this data, or `fault: …`. */
export function rendered(source: string, place: Place, data: unknown): string {
  const text = typeof data === 'string' && data.startsWith('{') ? data : JSON.stringify(data);
  const result = new Template(source, place).render(variablesWith(text), new Budget());
  return result instanceof Fault ? `fault: ${result.message}` : result;
}
