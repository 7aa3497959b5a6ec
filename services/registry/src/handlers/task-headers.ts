import { isHeaderName, isJsonObject, taskLimits } from '#contracts';
import { withoutPlaceholders } from '#templates';
import { customRule } from '../http/custom-rule.ts';

/** RFC 9110, 5.5: visible characters, spaces and tabs between them, and what is left of Latin-1. */
const fieldValue = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Headers that Provisor sets itself, or that belong to the connection and not to the message. */
const reserved =
  /^(host|content-length|content-type|transfer-encoding|connection|keep-alive|te|trailer|upgrade|expect|user-agent|traceparent|(proxy|webhook|provisor)-.*)$/i;

function fault(value: unknown): string | undefined {
  if (!isJsonObject(value)) return 'must be an object of strings';
  const headers = Object.entries(value);
  if (headers.length > taskLimits.headers) return `must have at most ${taskLimits.headers} headers`;
  const names = headers.map(([name]) => name.toLowerCase());
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) return `header ${repeated} is a duplicate`;
  for (const [name, content] of headers) {
    const found = headerFault(name, content);
    if (found) return `header ${JSON.stringify(name)} ${found}`;
  }
  return undefined;
}

function headerFault(name: string, content: unknown): string | undefined {
  if (name.length > taskLimits.headerLength || !isHeaderName(name)) return 'is no valid header name';
  if (reserved.test(name)) return 'is set by Provisor itself';
  if (typeof content !== 'string') return 'must be a string';
  if (content.length > taskLimits.headerLength) return `must be at most ${taskLimits.headerLength} characters long`;
  if (!fieldValue.test(withoutPlaceholders(content))) return 'has a character that no header may have';
  return undefined;
}

/** What an administrator may add to the headers of a call. */
export function IsTaskHeaders(): PropertyDecorator {
  return customRule({ name: 'taskHeaders', fault, schema: { maxProperties: taskLimits.headers } });
}
