import { parseDuration } from '#contracts';
import type { CreateHandlerInput, HandlerView } from '../../../api/generated/schema.d.ts';
import { waitsIn, type HandlerFormValues } from './form-values.ts';
import { headersIn } from './header-rows.ts';

/** What a form can say. */
export type HandlerInput = CreateHandlerInput;

/** What the API is asked to make of the form. */
export function inputOf(values: HandlerFormValues): HandlerInput {
  const { name, description, event, isEnabled, onFailure, timeout, schedule } = values;
  return {
    name,
    description,
    // Which event types there are is for the API to say.
    event: event as CreateHandlerInput['event'],
    task: taskIn(values),
    status: isEnabled ? 'enabled' : 'disabled',
    ...given('priority', values.priority),
    onFailure,
    ...(timeout.trim() !== '' && { timeoutMs: parseDuration(timeout.trim())! }),
    retry: { ...given('maxAttempts', values.maxAttempts), schedule: waitsIn(schedule) },
    ...given('maxConcurrency', values.maxConcurrency),
    condition: values.condition.trim() === '' ? null : values.condition.trim(),
    format: values.format,
  };
}

/** The same for a handler that is there; one that is archived is not restored by the way. */
export function patchOf(values: HandlerFormValues, { status }: HandlerView): HandlerInput {
  return status === 'archived' ? { ...inputOf(values), status } : inputOf(values);
}

function taskIn({ taskType, script, http }: HandlerFormValues): CreateHandlerInput['task'] {
  if (taskType === 'script') {
    return { type: 'script', path: script.path.trim(), args: script.args.map(({ value }) => value), mode: script.mode };
  }
  const tls = Object.fromEntries(Object.entries(http.tls).filter(([, text]) => text.trim() !== ''));
  return {
    type: 'http',
    url: http.url.trim(),
    method: http.method,
    ...headersIn(http.headers),
    ...(Object.keys(tls).length > 0 && { tls }),
  };
}

/** An empty number is one that is left to the API. */
function given<Name extends string>(name: Name, value: number | string): Partial<Record<Name, number>> {
  return value === '' ? {} : ({ [name]: Number(value) } as Record<Name, number>);
}
