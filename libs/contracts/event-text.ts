import { isUtf8 } from 'node:buffer';
import { EventRejected } from './event-rejected.ts';
import { jsonFault, nestingDepth, type Json } from './json.ts';

export const maxEventBytes = 1024 * 1024;
/** Far beyond any real event, and far below what exhausts a stack. */
export const maxEventDepth = 128;

/**
 * The text of a body that is neither too long nor nests too deep.
 *
 * @throws {EventRejected} `too_large`, `not_utf8` or `too_deep`.
 */
export function eventText(content: Buffer): string {
  if (content.length > maxEventBytes) {
    throw new EventRejected('too_large', `body is ${content.length} bytes long, at most ${maxEventBytes} are accepted`);
  }
  if (!isUtf8(content)) throw new EventRejected('not_utf8', 'body must be UTF-8');
  if (nestingDepth(content) > maxEventDepth) {
    throw new EventRejected('too_deep', `body must not nest deeper than ${maxEventDepth} levels`);
  }
  return content.toString('utf8');
}

/** @throws {EventRejected} `not_json`. */
export function parseEventText(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    throw new EventRejected('not_json', `body must be JSON: ${jsonFault(error as SyntaxError)}`);
  }
}
