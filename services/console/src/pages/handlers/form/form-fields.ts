import {
  handlerDefaults,
  parseDuration,
  type EventFormat,
  type FailurePolicy,
  type HandlerField,
  type HandlerStatus,
  type HoldWindow,
} from '#contracts';
import type { CreateHandlerInput, HandlerView } from '#contracts/rest-api';
import { keepIn, keepRow, ruleRow, rulesIn, type KeepRow, type RuleRow } from './answer-rows.ts';
import { durationText } from './duration-text.ts';
import {
  blankTask,
  taskFaults,
  taskInput,
  taskPlace,
  taskValues,
  taskWithoutSecrets,
  type Placed,
  type TaskFormValues,
} from './task-forms.ts';

/** A number, or an empty text where nothing is filled in. */
type NumberText = number | string;

/** What the form holds of each field of a handler. Durations are texts, as people and the API write them. */
export interface FieldValues {
  name: string;
  description: string;
  event: string;
  task: TaskFormValues;
  status: HandlerStatus;
  /** Empty: after the last one of its event. */
  priority: NumberText;
  onFailure: FailurePolicy;
  timeoutMs: string;
  /** The waits of the schedule, separated by commas. */
  retry: { maxAttempts: NumberText; schedule: string };
  maxConcurrency: NumberText;
  /** In CEL; empty: there is none. */
  condition: string;
  /** Empty: at once. */
  lasting: string;
  format: EventFormat;
  outcomes: RuleRow[];
  keep: KeepRow[];
  windows: HoldWindow[];
  releasePerSecond: NumberText;
}

/** How one field of a handler stands in the form. */
export interface FormField<Field extends HandlerField = HandlerField> {
  /** Of an empty form, with the API's defaults. */
  blank(): FieldValues[Field];
  /** Of a handler as it is. */
  valueOf(handler: HandlerView): FieldValues[Field];
  /** What the API is asked for; undefined leaves it to the API. */
  inputOf(value: FieldValues[Field]): CreateHandlerInput[Field];
  /** Of a clone, where it is not the same. */
  cloned?(value: FieldValues[Field]): FieldValues[Field];
  /** What can be said to be wrong without asking the API, by path within the value; `''` is the value itself. */
  faults?(value: FieldValues[Field], isNew: boolean): readonly Placed[];
  /** Where an error of the API stands, by the path of the field that it names; without it only at the field itself. */
  place?(path: string, message: string, value: FieldValues[Field]): Placed | undefined;
}

const item = /^item (\d+) (.+)$/s;

export const formFields: { readonly [Field in HandlerField]: FormField<Field> } = {
  name: {
    blank: () => '',
    valueOf: ({ name }) => name,
    inputOf: (name) => name,
    cloned: (name) => `${name} (copy)`,
    faults: (name) => (name.trim() === '' ? [['', 'Enter a name']] : []),
  },
  description: {
    blank: () => handlerDefaults.description,
    valueOf: ({ description }) => description,
    inputOf: (description) => description,
  },
  event: {
    blank: () => '',
    valueOf: ({ event }) => event,
    // Which event types there are is for the API to say.
    inputOf: (event) => event as CreateHandlerInput['event'],
    faults: (event) => (event === '' ? [['', 'Choose an event']] : []),
  },
  task: {
    blank: blankTask,
    valueOf: ({ task }) => taskValues(task),
    inputOf: taskInput,
    cloned: taskWithoutSecrets,
    faults: taskFaults,
    place: taskPlace,
  },
  status: {
    blank: () => handlerDefaults.status,
    valueOf: ({ status }) => status,
    inputOf: (status) => status,
    // A clone does nothing until a user enables it.
    cloned: () => 'disabled',
  },
  priority: {
    blank: () => '',
    valueOf: ({ priority }) => priority,
    inputOf: numberIn,
    cloned: () => '',
    faults: unlessNew,
  },
  onFailure: {
    blank: () => handlerDefaults.onFailure,
    valueOf: ({ onFailure }) => onFailure,
    inputOf: (onFailure) => onFailure,
  },
  timeoutMs: {
    blank: () => '',
    valueOf: ({ timeoutMs }) => durationText(timeoutMs),
    inputOf: (timeout) => (timeout.trim() === '' ? undefined : parseDuration(timeout.trim())),
    faults(timeout, isNew) {
      if (timeout.trim() === '') return unlessNew('', isNew);
      const isDuration = parseDuration(timeout.trim()) !== undefined;
      return isDuration ? [] : [['', 'must be a duration, such as 500ms, 10s or 2m']];
    },
  },
  retry: {
    blank: () => retryValues(handlerDefaults.retry),
    valueOf: ({ retry }) => retryValues(retry),
    inputOf({ maxAttempts, schedule }) {
      const given = numberIn(maxAttempts);
      return { ...(given !== undefined && { maxAttempts: given }), schedule: waitsIn(schedule) };
    },
    faults: ({ maxAttempts }, isNew) => unlessNew(maxAttempts, isNew).map(([, fault]) => ['maxAttempts', fault]),
    place(path, message) {
      if (path === 'maxAttempts') return [path, message];
      if (!/^schedule(\.|$)/.test(path)) return undefined;
      return ['schedule', message.replace(item, (_, index, fault) => `delay ${Number(index) + 1} ${fault}`)];
    },
  },
  maxConcurrency: {
    blank: () => handlerDefaults.maxConcurrency,
    valueOf: ({ maxConcurrency }) => maxConcurrency,
    inputOf: numberIn,
    faults: unlessNew,
  },
  condition: {
    blank: () => handlerDefaults.condition ?? '',
    valueOf: ({ condition }) => condition ?? '',
    inputOf: (condition) => (condition.trim() === '' ? null : condition.trim()),
  },
  lasting: {
    blank: () => handlerDefaults.lasting ?? '',
    valueOf: ({ lasting }) => lasting ?? '',
    inputOf: (lasting) => (lasting.trim() === '' ? null : lasting.trim()),
  },
  format: {
    blank: () => handlerDefaults.format,
    valueOf: ({ format }) => format ?? handlerDefaults.format,
    inputOf: (format) => format,
  },
  outcomes: {
    blank: () => [],
    valueOf: ({ outcomes }) => outcomes.map((rule) => ruleRow(rule)),
    inputOf: rulesIn,
    place: (path, message) => [path, message],
  },
  keep: {
    blank: () => [],
    valueOf: ({ keep }) => Object.entries(keep).map(([name, expression]) => keepRow(name, expression)),
    inputOf: keepIn,
    faults: (rows) =>
      rows.flatMap(({ name }, index): Placed[] => {
        const isRepeated = rows.findIndex((row) => row.name.trim() === name.trim()) < index;
        return isRepeated && name.trim() !== '' ? [[`${index}.name`, 'is a duplicate']] : [];
      }),
    place(path, message, rows) {
      const index = rows.findIndex(({ name }) => name.trim() === path);
      return index < 0 ? ['', message] : [`${index}.expression`, message];
    },
  },
  windows: {
    blank: () => [],
    valueOf: ({ windows }) => windows,
    inputOf: (windows) => windows,
    place: (path, message) => [path, message],
  },
  releasePerSecond: {
    blank: () => handlerDefaults.releasePerSecond,
    valueOf: ({ releasePerSecond }) => releasePerSecond,
    inputOf: numberIn,
    faults: unlessNew,
  },
};

/** The waits that are written in one line, by commas or spaces. */
export function waitsIn(schedule: string): string[] {
  return schedule.split(/[\s,;]+/).filter((wait) => wait !== '');
}

function retryValues({ maxAttempts, schedule }: HandlerView['retry']): FieldValues['retry'] {
  return { maxAttempts, schedule: schedule.join(', ') };
}

/** An empty number is one that is left to the API. */
function numberIn(value: NumberText): number | undefined {
  return value === '' ? undefined : Number(value);
}

/** Of a new handler an empty number is left to the API. Of one that is there the API would take it for unchanged. */
function unlessNew(value: NumberText, isNew: boolean): Placed[] {
  return value === '' && !isNew ? [['', 'must not be empty']] : [];
}
