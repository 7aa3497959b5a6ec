import { charsetOf, isJsonMediaType, mediaTypeOf } from '#contracts';
import { formBody, plainBody } from './plain.ts';
import { jsonBody } from './json-body.ts';
import type { Place } from './place.ts';
import { xmlBody } from './xml-body.ts';

/** What a body is when its author does not say. */
export const usualContentType = 'application/json';

const xmlTypes = new Set(['text/xml', 'application/xml', 'application/soap+xml']);

/** How a body is written, by its content type. */
export function bodyPlace(contentType = usualContentType): Place {
  const type = mediaTypeOf(contentType) ?? '';
  if (isJsonMediaType(type)) return jsonBody;
  if (xmlTypes.has(type) || type.endsWith('+xml')) return xmlBody;
  return type === 'application/x-www-form-urlencoded' ? formBody : plainBody;
}

const token = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";
const contentTypePattern = new RegExp(
  `^${token}/${token}(?:[ \\t]*;[ \\t]*${token}=(?:${token}|"(?:[^"\\\\\\x00-\\x1f\\x7f-\\uffff]|\\\\[\\x20-\\x7e])*"))*$`,
);

/** What is wrong with a text as the content type of a body; undefined when it is one. */
export function contentTypeFault(text: string): string | undefined {
  if (!contentTypePattern.test(text)) return 'must be a content type, like application/json';
  const charset = charsetOf(text)?.toLowerCase() ?? 'utf-8';
  return charset === 'utf-8' || charset === 'utf8' ? undefined : 'must name no charset but utf-8, which bodies are in';
}
