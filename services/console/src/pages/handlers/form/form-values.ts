import { handlerFieldNames, type HandlerField } from '#contracts';
import type { CreateHandlerInput, HandlerView } from '#contracts/rest-api';
import { formFields, type FieldValues, type FormField } from './form-fields.ts';

/** What the dialog is filled in with: the fields of the handler, and what is asked for beside them. */
export interface HandlerFormValues extends FieldValues {
  /** Of a new handler: whether a secret for its signatures is made with it. */
  isSigned: boolean;
}

/** An empty form. */
export function blankValues(event?: string): HandlerFormValues {
  const values = eachField((field) => field.blank()) as FieldValues;
  return { ...values, event: event ?? values.event, isSigned: false };
}

/** A handler as it is, to be changed. */
export function valuesOf(handler: HandlerView): HandlerFormValues {
  return { ...(eachField((field) => field.valueOf(handler)) as FieldValues), isSigned: false };
}

/**
 * A copy of a handler. Its secrets have to be given again; it is last in the order of its event, and disabled.
 */
export function cloneOf(handler: HandlerView): HandlerFormValues {
  const values = valuesOf(handler);
  const cloned = eachField((field, name) => field.cloned?.(values[name]) ?? values[name]) as FieldValues;
  return { ...values, ...cloned };
}

/** What the API is asked to make of the form. */
export function inputOf(values: HandlerFormValues): CreateHandlerInput {
  const inputs = Object.entries(eachField((field, name) => field.inputOf(values[name])));
  return Object.fromEntries(inputs.filter(([, input]) => input !== undefined)) as unknown as CreateHandlerInput;
}

/** What can be said to be wrong without asking the API, and what it could not see; by path. */
export function faultsOf(values: HandlerFormValues, isNew: boolean): Record<string, string> {
  const faults = handlerFieldNames.flatMap((name) => {
    const field: FormField = formFields[name];
    return (field.faults?.(values[name], isNew) ?? []).map(([path, fault]) => [pathIn(name, path), fault]);
  });
  return Object.fromEntries(faults) as Record<string, string>;
}

/** Where a place within a field's value is in the form. */
export function pathIn(field: HandlerField, path: string): string {
  return path === '' ? field : `${field}.${path}`;
}

function eachField(of: (field: FormField, name: HandlerField) => unknown): Record<HandlerField, unknown> {
  return Object.fromEntries(handlerFieldNames.map((name) => [name, of(formFields[name], name)])) as Record<
    HandlerField,
    unknown
  >;
}
