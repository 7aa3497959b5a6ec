import { taskLimits } from '#contracts';
import { hasPlaceholders, templateFault, urlPlace, withoutPlaceholders } from '#templates';
import { customRule } from '../http/custom-rule.ts';

const scheme = /^[a-z][a-z0-9+.-]*:\/\//i;

/** Puts `http://` before an address that has no scheme: `127.0.0.1:5000/api` is how people write them. */
export function withScheme(address: string): string {
  return address === '' || scheme.test(address) ? address : `http://${address}`;
}

/**
 * What is wrong with a value as the URL of a task; undefined when it is one. Placeholders may give anything: the rest
 * is looked at as though each were a letter of the path.
 */
export function taskUrlFault(value: unknown): string | undefined {
  if (typeof value !== 'string') return 'must be a string';
  if (value === '') return 'must not be empty';
  if (value.length > taskLimits.urlLength) return `must be at most ${taskLimits.urlLength} characters long`;
  return templateFault(value, urlPlace) ?? plainFault(withoutPlaceholders(value));
}

/** What is wrong with a value as a URL without placeholders; undefined when it is one. */
export function urlFault(value: unknown): string | undefined {
  const fault = taskUrlFault(value);
  return fault ?? (hasPlaceholders(value as string) ? 'must not have placeholders' : undefined);
}

function plainFault(value: string): string | undefined {
  // The URL parser would take these out or turn them round in silence, and the call would go elsewhere than it reads.
  if (!value.isWellFormed() || /[\s\p{Cc}\\]/u.test(value)) {
    return 'must not contain white space, control characters or backslashes';
  }
  if (!/^https?:\/\/[^/?#]/i.test(value))
    return 'must be an http:// or https:// URL with a host, like 127.0.0.1:5000/api';
  if (/^https?:\/\/https?:/i.test(value)) return 'must have // after its scheme';
  if (!URL.canParse(value)) return 'must be a URL that can be parsed';
  if (value.includes('#')) return 'must not have a fragment';
  if (/^[^/]*\/\/[^/?]*@/.test(value)) return 'must not contain a user or password; send them in a header';
  return undefined;
}

/** Where an HTTP task may go; which addresses are allowed is the executor's to say. */
export function IsTaskUrl(): PropertyDecorator {
  return customRule({
    name: 'taskUrl',
    fault: (value) => (value === undefined ? 'must be given, or a target in its place' : taskUrlFault(value)),
    schema: { minLength: 1, maxLength: taskLimits.urlLength },
  });
}
