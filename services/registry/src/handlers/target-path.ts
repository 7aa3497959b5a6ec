import { taskLimits } from '#contracts';
import { pathPlace, templateFault, withoutPlaceholders } from '#templates';
import { customRule } from '../http/custom-rule.ts';

/**
 * What is wrong with a text as what follows the base URL of a target: it must neither lead to another host, nor out of
 * the base URL's path.
 */
export function targetPathFault(value: unknown): string | undefined {
  if (typeof value !== 'string') return 'must be a string';
  if (!value.startsWith('/')) return 'must begin with /, like /api/accounts';
  if (value.length > taskLimits.urlLength) return `must be at most ${taskLimits.urlLength} characters long`;
  return templateFault(value, pathPlace) ?? plainFault(withoutPlaceholders(value));
}

function plainFault(value: string): string | undefined {
  if (value.startsWith('//')) return 'must be a path, without a host';
  if (!value.isWellFormed() || /[\s\p{Cc}\\]/u.test(value)) {
    return 'must not contain white space, control characters or backslashes';
  }
  if (value.includes('#')) return 'must not have a fragment';
  const segments = value.split('?', 1)[0]!.split('/');
  // URLs resolve the encoded spelling as they do the plain one.
  if (segments.some((segment) => /^(\.|%2e){2}$/i.test(segment))) return 'must not contain the segment ..';
  return undefined;
}

/** The path of a task that names a target, perhaps with a query. */
export function IsTargetPath(): PropertyDecorator {
  return customRule({
    name: 'targetPath',
    fault: targetPathFault,
    schema: { minLength: 1, maxLength: taskLimits.urlLength },
  });
}
