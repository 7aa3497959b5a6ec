import { isUtf8 } from 'node:buffer';
import { mask, nameFinder, nameMatcher } from './field-pattern.ts';
import { replaceJsonValues } from './json-values.ts';
import { maskLoosePairs } from './loose-pairs.ts';
import { maskedFields, restoreJsonValues } from './restored-values.ts';
import { leavesOf, memberTextsOf, spellingsOf } from './hidden-texts.ts';

/**
 * Which fields of a payload are masked: their whole values become `***`, and `null` stays `null`. This affects output
 * only, and neither storage nor handlers.
 */
export class Redaction {
  readonly #isMeant: ((name: string) => boolean) | undefined;
  readonly #finder: RegExp;

  /** @param fields Names of fields, see {@link nameMatcher}; none: nothing is hidden. */
  constructor(fields: readonly string[]) {
    this.#isMeant = fields.length > 0 ? nameMatcher(fields) : undefined;
    this.#finder = nameFinder(fields);
  }

  /** Whether there are fields to be hidden; without any, everything is shown as it is. */
  get hidesFields(): boolean {
    return this.#isMeant !== undefined;
  }

  /**
   * A JSON text with the values hidden; every number as it was written.
   *
   * @param text What can be parsed.
   */
  json(text: string): string {
    return this.#isMeant ? replaceJsonValues(text, { isMeant: this.#isMeant, by: () => `"${mask}"` }) : text;
  }

  /**
   * A JSON text in which masked values are what they were in the text that it was made from. Where an edit hides what a
   * value belongs to, it stays masked.
   *
   * @param shown What can be parsed.
   * @param original What can be parsed.
   * @returns `masked`: names of fields that are still masked.
   */
  restored(shown: string, original: string): { text: string; masked: string[] } {
    if (!this.#isMeant) return { text: shown, masked: [] };
    const text = restoreJsonValues(shown, original, this.#isMeant);
    return { text, masked: maskedFields(text, this.#isMeant) };
  }

  /** Any text with the values hidden: exactly where it is JSON, and at best effort where it is not. */
  text(text: string): string {
    if (!this.#isMeant) return text;
    const masked = this.json(text);
    return isJson(text) ? masked : maskLoosePairs(masked, this.#isMeant);
  }

  /** The same for bytes. What is no UTF-8 is taken for an encoding that has ASCII's characters where ASCII has them. */
  bytes(bytes: Buffer): Buffer {
    const encoding = isUtf8(bytes) ? 'utf8' : 'latin1';
    const text = bytes.toString(encoding);
    const masked = this.text(text);
    return masked === text ? bytes : Buffer.from(masked, encoding);
  }

  /** Headers with the values hidden. */
  headers(headers: Readonly<Record<string, string>>): Record<string, string> {
    return Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, this.#isMeant?.(name) ? mask : value]),
    );
  }

  /** Whether a text, such as an expression, names a field whose values are hidden. */
  mentions(text: string): boolean {
    return this.#isMeant !== undefined && (text.match(/[\p{L}\p{N}_-]+/gu) ?? []).some(this.#isMeant);
  }

  /**
   * The texts that stand in the fields of a JSON text, in every spelling in which an answer may repeat them, the
   * longest first: what is to be looked for in answers.
   *
   * @param json What can be parsed.
   */
  hiddenTexts(json: string): string[] {
    if (!this.#isMeant || !(this.#finder.test(json) || json.includes('\\u'))) return [];
    const texts = new Set<string>();
    const by = (value: string): string => {
      for (const leaf of leavesOf(value)) texts.add(leaf);
      return value;
    };
    replaceJsonValues(json, { isMeant: this.#isMeant, by });
    return spellingsOf(texts);
  }

  /**
   * The same of a document that is no JSON.
   *
   * @param document Maps by names, lists and texts, as XML is read.
   */
  hiddenTextsOf(document: unknown): string[] {
    const isMeant = this.#isMeant;
    return isMeant ? spellingsOf(new Set(memberTextsOf(document, (name) => isMeant(name.replace(/^@/, ''))))) : [];
  }
}

/** All texts of a JSON value, in every spelling in which an answer may repeat them, the longest first. */
export function textsOf(json: string): string[] {
  return spellingsOf(new Set(leavesOf(json)));
}

/** A JSON object whose members of these names are hidden. */
export function jsonWithoutMembers(json: string, names: readonly string[]): string {
  return replaceJsonValues(json, { isMeant: (name) => names.includes(name), by: () => `"${mask}"` });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
