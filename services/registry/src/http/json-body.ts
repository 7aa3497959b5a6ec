import { isUtf8 } from 'node:buffer';
import { isJsonObject, jsonFault, maxEventDepth, nestsDeeperThan, type FieldError, type JsonObject } from '#contracts';
import { InvalidInput } from '../domain-error.ts';

/**
 * Reads the bytes of a request as a JSON object of ours.
 *
 * @throws {InvalidInput} When they are none, nest too deep, or name a field that every JavaScript object has.
 */
export function readJsonObject(bytes: unknown): JsonObject {
  const document = parseJsonObject(bytes);
  const errors = inheritedNames(document);
  if (errors.length > 0) throw new InvalidInput(errors);
  return document;
}

/**
 * The same for what others may have named as they like.
 *
 * @throws {InvalidInput} When the bytes are no JSON object, or nest too deep.
 */
export function parseJsonObject(bytes: unknown): JsonObject {
  if (!Buffer.isBuffer(bytes) || bytes.length === 0) throw badBody('must be a JSON object');
  if (!isUtf8(bytes)) throw badBody('must be UTF-8');
  const text = bytes.toString('utf8');
  if (nestsDeeperThan(maxEventDepth, text)) throw badBody(`must not nest deeper than ${maxEventDepth} levels`);
  const document = parse(text);
  if (!isJsonObject(document)) throw badBody('must be a JSON object');
  return document;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badBody(`must be JSON: ${jsonFault(text)}`);
  }
}

function badBody(message: string): InvalidInput {
  return new InvalidInput([{ field: '', message: `body ${message}` }]);
}

/**
 * Fields named like something that every object inherits (`constructor`, `__proto__`). None of ours is, and whatever
 * looks them up later, class-validator among it, would find what was inherited and take it for its own.
 */
export function inheritedNames(value: unknown, path: readonly string[] = []): FieldError[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, child]) => {
    const here = [...path, name];
    if (!Array.isArray(value) && name in Object.prototype) return [{ field: here.join('.'), message: 'is unknown' }];
    return inheritedNames(child, here);
  });
}
