import { taskLimits } from '#contracts';
import { contentTypeFault } from '#templates';
import { customRule } from '../http/custom-rule.ts';
import { lengthFault } from '../http/text.ts';

/** What is sent in place of the event. What is wrong with its placeholders, the whole task shows. */
export function IsBody(): PropertyDecorator {
  const fault = (value: unknown): string | undefined => {
    if (value === null) return undefined;
    if (typeof value !== 'string') return 'must be a string, or null';
    // PostgreSQL's jsonb and UTF-8 itself have no place for half a character.
    if (!value.isWellFormed()) return 'must be well-formed Unicode';
    if (/[^\P{Cc}\n\r\t]/u.test(value)) return 'must not contain control characters';
    return lengthFault(value, 0, taskLimits.bodyLength);
  };
  return customRule({ name: 'body', fault, schema: { maxLength: taskLimits.bodyLength } });
}

/** The content type of a body of one's own. */
export function IsContentType(): PropertyDecorator {
  const fault = (value: unknown): string | undefined => {
    if (typeof value !== 'string') return 'must be a string';
    return lengthFault(value, 1, taskLimits.contentTypeLength) ?? contentTypeFault(value);
  };
  return customRule({ name: 'contentType', fault, schema: { maxLength: taskLimits.contentTypeLength } });
}
