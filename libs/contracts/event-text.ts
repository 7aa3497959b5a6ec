import { isUtf8 } from 'node:buffer';
import { compressionOf, firstByteNotUtf8, otherEncodingOf } from './body-coding.ts';
import { EventRejected } from './event-rejected.ts';
import { nestsDeeperThan, type Json } from './json.ts';
import { jsonFault } from './json-fault.ts';

export const maxEventBytes = 1024 * 1024;
/** How much is kept of a body that is too long for an event: all that a person needs to see whose it is. */
export const keptBodyBytes = maxEventBytes + 64 * 1024;
/** Far beyond any real event, and far below what exhausts a stack. */
export const maxEventDepth = 128;

/**
 * The text of a body that is neither too long nor nests too deep.
 *
 * @throws {EventRejected} `too_large`, `unsupported_content_type`, `not_utf8` or `too_deep`.
 */
export function eventText(content: Buffer): string {
  if (content.length > maxEventBytes) throw tooLarge(content.length);
  if (!isUtf8(content)) throw notUtf8(content);
  const text = content.toString('utf8');
  if (nestsDeeperThan(maxEventDepth, text)) {
    throw new EventRejected('too_deep', `body must not nest deeper than ${maxEventDepth} levels`);
  }
  return text;
}

/** The rejection of a body that is too long. */
export function tooLarge(bytes: number): EventRejected {
  return new EventRejected('too_large', `body is ${bytes} bytes long, at most ${maxEventBytes} are accepted`);
}

function notUtf8(content: Buffer): EventRejected {
  const compression = compressionOf(content);
  if (compression !== undefined) {
    const message = `body is compressed with ${compression}; publish it without compression`;
    return new EventRejected('unsupported_content_type', message);
  }
  const encoding = otherEncodingOf(content);
  if (encoding !== undefined) {
    return new EventRejected('not_utf8', `body is ${encoding}, as its byte order mark says; publish it as UTF-8`);
  }
  const at = firstByteNotUtf8(content)!;
  const byte = content[at]!.toString(16).toUpperCase().padStart(2, '0');
  return new EventRejected('not_utf8', `body must be UTF-8, which byte ${at + 1} (0x${byte}) is not`);
}

/** @throws {EventRejected} `not_json`. */
export function parseEventText(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new EventRejected('not_json', notJson(text));
  }
}

function notJson(text: string): string {
  if (text === '') return 'body must be JSON, and is empty';
  if (text.startsWith('\ufeff')) {
    return 'body must be JSON, and begins with a byte order mark (U+FEFF, bytes EF BB BF); publish it without';
  }
  return `body must be JSON: ${jsonFault(text)}`;
}
