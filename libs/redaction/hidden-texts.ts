/** Shorter texts occur by chance. */
const shortest = 6;
/** Far more than any event has; each is looked for in every answer. */
const mostTexts = 1_000;

/** JSON.parse as ECMAScript 2026 has it: with the text of each number. */
type SourceTextParse = (
  text: string,
  reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
) => unknown;

/** The texts within the members of a document that are meant, however deep. */
export function memberTextsOf(document: unknown, isMeant: (name: string) => boolean): string[] {
  if (Array.isArray(document)) return document.flatMap((item) => memberTextsOf(item, isMeant));
  if (!(document instanceof Map)) return [];
  return [...(document as Map<string, unknown>)].flatMap(([name, value]) =>
    isMeant(name) ? textsWithin(value) : memberTextsOf(value, isMeant),
  );
}

function textsWithin(part: unknown): string[] {
  if (typeof part === 'string') return part.length >= shortest ? [part] : [];
  const parts = part instanceof Map ? [...part.values()] : Array.isArray(part) ? part : [];
  return parts.flatMap(textsWithin);
}

/**
 * The texts within a JSON value that are long enough to search for; numbers as they are written.
 *
 * @param value Of a field; a value that cannot be parsed is used unchanged.
 */
export function leavesOf(value: string): string[] {
  const leaves: string[] = [];
  try {
    (JSON.parse as SourceTextParse)(value, (_key, leaf, { source }) => {
      if (typeof leaf === 'string') leaves.push(leaf);
      if (typeof leaf === 'number') leaves.push(source!);
    });
  } catch {
    leaves.push(value.replace(/^"|"$/g, ''));
  }
  return leaves.filter((leaf) => leaf.length >= shortest);
}

/**
 * How others may write the texts: as they are, as JSON writers escape them, once or within a string of JSON, as in a
 * URL, and as in XML. The longest first, since one may hold another.
 */
export function spellingsOf(texts: Iterable<string>): string[] {
  const spellings = new Set<string>();
  for (const text of texts) {
    if (spellings.size >= mostTexts) break;
    const escaped = inString(text);
    const ascii = escaped.replace(/[^\0-\x7f]/g, unicodeEscape);
    const inUrl = encodeURIComponent(text.toWellFormed());
    const ofJson = [escaped, ascii, ascii.replaceAll('/', '\\/')];
    for (const spelling of [text, ...ofJson, ...ofJson.map(inString), inUrl, ...xmlSpellingsOf(text)]) {
      spellings.add(spelling);
    }
  }
  return [...spellings].sort((one, other) => other.length - one.length);
}

/** How writers of XML escape a text: what they must, what they may, or all by number, as Provisor does. */
export function xmlSpellingsOf(text: string): string[] {
  const least = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const usual = least.replaceAll('>', '&gt;');
  const quoted = usual.replaceAll('"', '&quot;');
  const apostrophes = ['&apos;', '&#39;', '&#x27;'].map((reference) => quoted.replaceAll("'", reference));
  const numbered = text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
  return [...new Set([least, usual, quoted, ...apostrophes, numbered])];
}

function inString(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function unicodeEscape(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
