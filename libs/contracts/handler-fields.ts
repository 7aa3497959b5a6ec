import {
  eventFormats,
  failurePolicies,
  handlerStatuses,
  type HandlerField,
  type HandlerFields,
  type RetryPolicy,
} from './handler.ts';
import type { OutcomeRule } from './outcome-rule.ts';
import { holdLimits, usualReleasePerSecond, type HoldWindow } from './hold.ts';

interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** What is said of a field, once for the API, its reference, the command line and the console. */
export interface FieldTraits<T = unknown> {
  /** In the reference of the API, where the name does not say it. */
  readonly description?: string;
  readonly example?: string;
  /** Without it a handler cannot be created. */
  readonly isRequired?: true;
  /**
   * The value where nothing is said. The registry finds the value of a field that has no default and is not required.
   */
  readonly default?: T;
  /** All values that there are. */
  readonly choices?: readonly T[];
  /** Of a whole number; a value outside is refused with 400. */
  readonly range?: Bounds;
  /** Of a text, in characters. */
  readonly length?: Bounds;
  /** The registry checks it by a rule that only this field has. */
  readonly hasOwnRule?: true;
}

/** What bounds a value of a type: there is no number and no text without bounds. */
type Bounded<T> = [T] extends [number]
  ? Required<Pick<FieldTraits<T>, 'range'>>
  : [T] extends [string | null]
    ? { [Rule in 'choices' | 'length' | 'hasOwnRule']: Required<Pick<FieldTraits<T>, Rule>> }[
        'choices' | 'length' | 'hasOwnRule']
    : Required<Pick<FieldTraits<T>, 'hasOwnRule'>>;

const defaultRetry: RetryPolicy = { maxAttempts: 8, schedule: ['5s', '5m', '30m', '2h', '5h', '10h', '14h'] };

const noWindows: HoldWindow[] = [];
const noRules: OutcomeRule[] = [];
const nothingKept: Record<string, string> = {};

export const handlerFields = {
  name: { isRequired: true, length: { min: 1, max: 255 }, example: 'Create SIP account' },
  description: { length: { min: 0, max: 10_000 }, default: '' },
  event: { isRequired: true, hasOwnRule: true, description: 'Id of an event type' },
  task: { isRequired: true, hasOwnRule: true },
  status: { choices: handlerStatuses, default: 'enabled' },
  priority: {
    range: { min: 1, max: 1_000_000 },
    description: 'Lower runs first. Without it: after the last one of its event',
  },
  onFailure: { choices: failurePolicies, default: 'stop' },
  timeoutMs: { range: { min: 1, max: 3_600_000 }, description: 'Default: DEFAULT_TIMEOUT_MS' },
  retry: { hasOwnRule: true, default: defaultRetry },
  maxConcurrency: { range: { min: 1, max: 10_000 }, default: 64 },
  condition: {
    hasOwnRule: true,
    length: { min: 1, max: 2_000 },
    default: null,
    description: 'In CEL: the handler runs for events for which it is true. Null: for all events of the type',
    example: 'data.status == "active" && changed("status")',
  },
  lasting: {
    hasOwnRule: true,
    default: null,
    description:
      'Of a handler for notices: it runs when the trouble has lasted this long, and for the end of such. Null: at once',
    example: '5m',
  },
  format: {
    choices: eventFormats,
    default: 'native',
    description: '`native`: the event as billing publishes it; `cloudevents`: a CloudEvent 1.0 in JSON',
  },
  outcomes: {
    hasOwnRule: true,
    default: noRules,
    description: 'Judges answers: the first rule that is true decides; where none is, the usual rules do',
  },
  keep: {
    hasOwnRule: true,
    default: nothingKept,
    description: 'Values of a successful answer, in CEL, which later handlers of the event read as `results`',
  },
  windows: {
    hasOwnRule: true,
    default: noWindows,
    description: 'Weekly hours in which it is not called: its events wait until the end, in order',
  },
  releasePerSecond: {
    hasOwnRule: true,
    range: holdLimits.releasePerSecond,
    default: usualReleasePerSecond,
    description: 'Events a second that continue at the end of a hold, at most',
  },
} as const satisfies {
  [Field in HandlerField]: FieldTraits<HandlerFields[Field]> & Bounded<HandlerFields[Field]>;
};

/** The names of all fields, in the order in which people see them. */
export const handlerFieldNames = Object.keys(handlerFields) as HandlerField[];

/** The bounds of a retry policy: of its attempts, and of how many waits it has. */
export const retryLimits = { maxAttempts: { min: 1, max: 100 }, schedule: { min: 1, max: 100 } } as const;

type WithDefault = {
  [Field in HandlerField]: (typeof handlerFields)[Field] extends { default: unknown } ? Field : never;
}[HandlerField];

/**
 * What a handler has where its author says nothing. The other fields are required, or the registry finds their value.
 */
export const handlerDefaults = Object.fromEntries(
  Object.entries<FieldTraits>(handlerFields).flatMap(([field, traits]) =>
    'default' in traits ? [[field, traits.default]] : [],
  ),
) as Pick<HandlerFields, WithDefault>;

/** What of a handler its author decides, without what the registry adds to it. */
export function fieldsOf(handler: HandlerFields): HandlerFields {
  return Object.fromEntries(handlerFieldNames.map((field) => [field, handler[field]])) as unknown as HandlerFields;
}
