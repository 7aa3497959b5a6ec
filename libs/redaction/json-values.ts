/** Documents that lie in texts of documents are looked into this deep. */
const deepestDocument = 4;

/** Which values are replaced, and by what. */
export interface Replacement {
  /** @param name Of a field, without its quotes and escapes. */
  readonly isMeant: (name: string) => boolean;
  /** @param value Unchanged from the text: `"x"`, `12`, `{…}`; incomplete where the text is cut off. */
  readonly by: (value: string) => string;
}

/**
 * Replaces the values of some fields in a JSON text; all else stays as it was, to the character, so that no number
 * loses digits. The text may be cut off, or hold several documents. `null` stays. Within a text that is itself a
 * document, which some keep in a field, values are replaced likewise.
 */
export function replaceJsonValues(text: string, replacement: Replacement, depth = 1): string {
  let result = '';
  let copied = 0;
  const put = (start: number, end: number, value: string): void => {
    result += text.slice(copied, start) + value;
    copied = end;
  };
  let at = text.indexOf('"');
  while (at !== -1 && at < text.length) {
    const end = endOfString(text, at);
    const colon = skipSpace(text, end);
    const value = skipSpace(text, colon + 1);
    if (text[colon] !== ':') {
      const inner = withinString(text.slice(at, end), replacement, depth);
      if (inner !== undefined) put(at, end, inner);
      at = end;
    } else if (replacement.isMeant(unquoted(text.slice(at, end)))) {
      at = endOfValue(text, value);
      const raw = text.slice(value, at);
      if (raw !== 'null' && raw !== '') put(value, at, replacement.by(raw));
    } else at = value;
    at = text.indexOf('"', at);
  }
  return result + text.slice(copied);
}

/** The string with what is replaced in it, or undefined when that is nothing. */
function withinString(string: string, replacement: Replacement, depth: number): string | undefined {
  if (depth === deepestDocument || !string.includes('\\"')) return undefined;
  const inner = unquoted(string);
  if (!/^\s*[[{]/.test(inner)) return undefined;
  const replaced = replaceJsonValues(inner, replacement, depth + 1);
  return replaced === inner ? undefined : JSON.stringify(replaced);
}

function unquoted(string: string): string {
  if (!string.includes('\\')) return string.slice(1, -1);
  try {
    return JSON.parse(string) as string;
  } catch {
    // Cut off, or not JSON: used unchanged.
    return string.slice(1, -1);
  }
}

/** Behind the string that begins at a place. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end + 1;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === '\\') backslashes++;
  return backslashes % 2 === 1;
}

export function skipSpace(text: string, start: number): number {
  let at = start;
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at++;
  return at;
}

/** What ends a number or a word. */
const delimiter = /[\s,\]}]/g;

/**
 * Behind the value that begins at a place; the end of the text where it is cut off.
 *
 * @param start Of the value, not of space before it.
 */
export function endOfValue(text: string, start: number): number {
  if (text[start] === '"') return endOfString(text, start);
  if (text[start] === '{' || text[start] === '[') return endOfContainer(text, start);
  delimiter.lastIndex = start;
  return delimiter.exec(text)?.index ?? text.length;
}

const bracket = /["{}[\]]/g;

function endOfContainer(text: string, start: number): number {
  let depth = 0;
  bracket.lastIndex = start;
  for (let found = bracket.exec(text); found; found = bracket.exec(text)) {
    if (found[0] === '"') bracket.lastIndex = endOfString(text, found.index);
    else if (found[0] === '{' || found[0] === '[') depth++;
    else if (--depth === 0) return bracket.lastIndex;
  }
  return text.length;
}
