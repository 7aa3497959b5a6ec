import { handlerFieldNames } from '#contracts';
import { fieldErrorsOf } from '../../../components/field-errors.ts';
import { formFields, type FormField } from './form-fields.ts';
import { pathIn, type HandlerFormValues } from './form-values.ts';

/**
 * The registry's answer as errors of the form's fields.
 *
 * @returns undefined when something of it is of no field, and the answer has to be shown as a whole.
 */
export function formErrors(problem: unknown, values: HandlerFormValues): Record<string, string> | undefined {
  const fields = fieldErrorsOf(problem);
  if (!fields) return undefined;
  const errors = Object.entries(fields).map(([path, message]) => placed(path, message, values));
  return errors.every((error) => error !== undefined) ? Object.fromEntries(errors) : undefined;
}

function placed(path: string, message: string, values: HandlerFormValues): [path: string, message: string] | undefined {
  const [first, ...rest] = path.split('.');
  const name = handlerFieldNames.find((each) => each === first);
  if (name === undefined) return undefined;
  const field: FormField = formFields[name];
  const within = rest.join('.');
  const place = within === '' && !field.place ? (['', message] as const) : field.place?.(within, message, values[name]);
  return place && [pathIn(name, place[0]), place[1]];
}
