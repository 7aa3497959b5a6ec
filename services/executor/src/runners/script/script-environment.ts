import type { ScriptTask } from '#contracts';
import type { ScriptEnvironment } from '#settings';
import type { Call } from '../../dispatch/runner.ts';
import { traceparentOf } from '../trace.ts';

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
export function residentEnvironment(call: Call<ScriptTask>, base: ScriptEnvironment): Record<string, string> {
  return { ...base, PROVISOR_HANDLER_ID: call.handlerId };
}
