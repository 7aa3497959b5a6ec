import { randomUUID } from 'node:crypto';
import type { Json } from '#contracts';

/** A placeholder for a text in the JSON of an answer; authors of events cannot know it. */
const mark = randomUUID();

/** The texts of the answer that is being written. Writing is synchronous, so that it is one at a time. */
let texts: string[] = [];

class JsonText {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toJSON(): string {
    return `${mark}${texts.push(this.#text) - 1}`;
  }
}

/**
 * A JSON text that stands in an answer as it is written. Parsed and printed, its numbers would lose digits, and its
 * members their order.
 *
 * @param text Valid JSON.
 */
export function jsonText(text: string): Json {
  return new JsonText(text) as unknown as Json;
}

/** Writes the JSON of an answer. */
export function writeAnswer(answer: unknown): string {
  texts = [];
  const written = JSON.stringify(answer);
  if (texts.length === 0) return written;
  return written.replace(new RegExp(`"${mark}(\\d+)"`, 'g'), (_mark, index: string) => texts[Number(index)]!);
}
