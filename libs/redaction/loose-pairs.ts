import { mask } from './field-pattern.ts';
import { endOfValue } from './json-values.ts';

/** A name and what parts it from its value, as logs, forms, headers, YAML and broken JSON write it. */
const pair = /(?<![\p{L}\p{N}_-])([\p{L}\p{N}_-]+)(?:\\*["'])?[^\S\n]*(=>|[:=])[^\S\n]*/gu;
/** A tag that opens an element, or is one. The value of an attribute may have `>`, but no `<`. */
const tag = /<((?:[\p{L}\p{N}_.-]+:)?([\p{L}\p{N}_.-]+))((?:[\s/](?:"[^"<]*"|'[^'<]*'|[^"'<>])*)?)>/gu;
const attributeValue = /(=\s*)("[^"]*"|'[^']*')/g;
const opening = /\\*["']/y;
/** A value without quotes; the name of a scheme goes with what follows it. */
const word = /(?:(?:bearer|basic|digest|token)\s+)?[^\s,;&<>"'\\)\]}]+/iy;

/**
 * Hides values behind names in a text that is not JSON, or no longer: best effort, and rather too much than too little.
 * Where a name and a colon begin a line, as in a header, all of the line behind it is hidden.
 */
export function maskLoosePairs(text: string, isMeant: (name: string) => boolean): string {
  return maskPairs(maskElements(text, isMeant), isMeant);
}

/** Hides all that is in an element, up to the tag that closes it; where none does, all of the rest. */
function maskElements(text: string, isMeant: (name: string) => boolean): string {
  if (!text.includes('<')) return text;
  let result = '';
  let copied = 0;
  tag.lastIndex = 0;
  for (let found = tag.exec(text); found; found = tag.exec(text)) {
    const [whole, name, local, attributes] = found as unknown as [string, string, string, string];
    if (!isMeant(local)) continue;
    if (attributes.endsWith('/')) {
      // Without content, its value is in attributes.
      const shown = attributes.replace(attributeValue, (_, before: string) => `${before}"${mask}"`);
      result += `${text.slice(copied, found.index)}<${name}${shown}>`;
      copied = tag.lastIndex;
      continue;
    }
    const start = found.index + whole.length;
    const end = closingTagAt(text, name, start);
    if (text.slice(start, end).trim() !== '') {
      result += text.slice(copied, start) + mask;
      copied = end;
    }
    tag.lastIndex = end;
  }
  return result + text.slice(copied);
}

/** Where the element that is open at a place ends, also if others of its name are within it; else the end. */
function closingTagAt(text: string, name: string, from: number): number {
  const tags = new RegExp(`<(/?)${name.replaceAll('.', '\\.')}(?:[\\s/][^<>]*)?>`, 'g');
  tags.lastIndex = from;
  let depth = 1;
  for (let found = tags.exec(text); found; found = tags.exec(text)) {
    if (found[1] === '/') depth--;
    else if (!found[0].endsWith('/>')) depth++;
    if (depth === 0) return found.index;
  }
  return text.length;
}

function maskPairs(text: string, isMeant: (name: string) => boolean): string {
  let result = '';
  let copied = 0;
  pair.lastIndex = 0;
  for (let found = pair.exec(text); found; found = pair.exec(text)) {
    if (!isMeant(found[1]!)) continue;
    const start = pair.lastIndex;
    const { end, shown } = valueAt(text, start, found[2] === ':' && beginsLine(text, found.index));
    if (end > start && text.slice(start, end) !== 'null') {
      result += text.slice(copied, start) + shown;
      copied = end;
    }
    pair.lastIndex = end;
  }
  return result + text.slice(copied);
}

function valueAt(text: string, start: number, toEndOfLine: boolean): { end: number; shown: string } {
  if (text[start] === '{' || text[start] === '[') return { end: endOfValue(text, start), shown: mask };
  const quote = matchAt(opening, text, start);
  if (quote !== '') {
    const closing = closingAt(text, start + quote.length, quote);
    return closing === -1
      ? { end: text.length, shown: quote + mask }
      : { end: closing + quote.length, shown: quote + mask + quote };
  }
  if (!toEndOfLine) return { end: start + matchAt(word, text, start).length, shown: mask };
  const lineEnd = text.indexOf('\n', start);
  return { end: lineEnd === -1 ? text.length : lineEnd, shown: mask };
}

/** Where the same quote comes again, with no further backslash before it. */
function closingAt(text: string, from: number, quote: string): number {
  let at = text.indexOf(quote, from);
  while (at !== -1 && text[at - 1] === '\\') at = text.indexOf(quote, at + 1);
  return at;
}

function beginsLine(text: string, at: number): boolean {
  let before = at - 1;
  while (text[before] === ' ' || text[before] === '\t') before--;
  return before < 0 || text[before] === '\n';
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}
