import type { ScriptTask } from '#contracts';
import type { ScriptEnvironment } from '#settings';
import { traceparentOf, type Call } from '../call.ts';

/** Everything that a script finds in its environment; nothing else of the executor's gets there. */
export function scriptEnvironment(call: Call<ScriptTask>, base: ScriptEnvironment): Record<string, string> {
  return {
    ...base,
    PROVISOR_EVENT_ID: call.event.id,
    PROVISOR_EVENT_TYPE: call.event.type,
    PROVISOR_OBJECT_ID: String(call.event.objectId),
    PROVISOR_HANDLER_ID: call.handlerId,
    PROVISOR_EXECUTION_ID: call.executionId,
    PROVISOR_ATTEMPT: String(call.attempt),
    TRACEPARENT: traceparentOf(call),
  };
}

/** What a persistent script finds in its environment: it outlives the event that it was started for. */
export function persistentEnvironment(call: Call<ScriptTask>, base: ScriptEnvironment): Record<string, string> {
  return { ...base, PROVISOR_HANDLER_ID: call.handlerId };
}

/**
 * Ends of a line to some readers, Node's among them. JSON has them in strings only, where their escapes mean the same.
 */
const otherLineBreaks = /[\u0085\u2028\u2029]/g;

/**
 * The line for a persistent script: the event's own text, so that every number stays as published, with execution,
 * attempt and trace context inserted. A CloudEvent is a separate member, because it cannot have foreign ones.
 */
export function scriptLine({ format, body: text, executionId, attempt, traceparent }: Call<ScriptTask>): string {
  const body = format === 'cloudevents' ? `{"cloudevent":${oneLine(text)}}` : oneLine(text);
  const trace = traceparent === null ? '' : `,"traceparent":"${traceparent}"`;
  // Last, since of two members with one name the last counts: an event cannot pass itself off as another execution.
  return `${body.slice(0, -1)},"execution_id":${JSON.stringify(executionId)},"attempt":${attempt}${trace}}`;
}

/** Between the tokens of JSON a line break means nothing, and within its strings there is none. */
function oneLine(text: string): string {
  return text
    .replace(/[\r\n]+/g, ' ')
    .replace(otherLineBreaks, escaped)
    .trimEnd();
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
