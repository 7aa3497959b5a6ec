import { fieldErrorsOf } from '../../../components/field-errors.ts';
import type { HandlerFormValues } from './form-values.ts';

/** Where in the form a field of the API is; others have the same name in both, or the form has none for them. */
const places: readonly (readonly [RegExp, string])[] = [
  [/^task\.(path|mode|args)/, 'script.$1'],
  [/^task\.secretHeaders/, 'http.headers'],
  [/^task\.(url|method|headers|tls)/, 'http.$1'],
  [/^retry\.(maxAttempts|schedule)/, '$1'],
  [/^timeoutMs$/, 'timeout'],
  [/^status$/, 'isEnabled'],
];

/** What errors can stand at. */
const known =
  /^(name|description|event|isEnabled|priority|onFailure|timeout|maxAttempts|schedule|maxConcurrency|condition|format|script\.(path|mode|args(\.\d+\.value)?)|http\.(url|method|headers(\.\d+\.value)?|tls\.(ca|certificate|key)))$/;

/** The API says which of a list it means in words, where it checks the list as one. */
const item = /^item (\d+) (.+)$/s;
const header = /^header "?([^\s"]+)"? (.+)$/s;

/**
 * The registry's answer as errors of the form's fields.
 *
 * @returns undefined when something of it is of no field, and the answer has to be shown as a whole.
 */
export function formErrors(problem: unknown, values: HandlerFormValues): Record<string, string> | undefined {
  const fields = fieldErrorsOf(problem);
  if (!fields) return undefined;
  const errors = Object.entries(fields).map(([field, message]) => placed(formPath(field), message, values));
  return errors.every(([path]) => known.test(path)) ? Object.fromEntries(errors) : undefined;
}

function formPath(field: string): string {
  const [pattern, place] = places.find(([wanted]) => wanted.test(field)) ?? [];
  return pattern && place !== undefined ? field.replace(pattern, place) : field;
}

function placed(path: string, message: string, { script, http }: HandlerFormValues): [path: string, message: string] {
  if (path === 'http.tls') return ['http.tls.ca', message];
  if (path === 'schedule')
    return [path, message.replace(item, (_, index, fault) => `wait ${Number(index) + 1} ${fault}`)];
  const [, index, fault] = path === 'script.args' ? (item.exec(message) ?? []) : [];
  if (fault !== undefined && script.args[Number(index)]) return [`script.args.${index}.value`, fault];
  const [, name, what] = path === 'http.headers' ? (header.exec(message) ?? []) : [];
  return (
    atHeader(http.headers, path.startsWith('http.headers.') ? path.slice('http.headers.'.length) : name)?.map(
      (place) => [place, what ?? message] as [string, string],
    )[0] ?? [path, message]
  );
}

function atHeader(rows: HandlerFormValues['http']['headers'], name: string | undefined): string[] | undefined {
  const index = rows.findIndex((row) => row.name.trim().toLowerCase() === name?.toLowerCase());
  return index < 0 ? undefined : [`http.headers.${index}.value`];
}
