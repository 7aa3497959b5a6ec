import { TemplateFault } from './template-fault.ts';

/** `{{ … }}` in a text. Places are UTF-16 units from 0. */
export interface Placeholder {
  readonly start: number;
  /** Behind the braces that close it. */
  readonly end: number;
  /** What stands between the braces. */
  readonly source: string;
}

/** Far more than a person writes. */
const mostPlaceholders = 100;

const opening = '{{';
const closing = '}}';

/** Where the expression of a placeholder begins. */
export function expressionStart({ start }: Pick<Placeholder, 'start'>): number {
  return start + opening.length;
}

/** Whether a text has placeholders, or what should be some. */
export function hasPlaceholders(text: string): boolean {
  return text.includes(opening);
}

/**
 * The placeholders of a text, in order. Braces in a string of an expression, and those of a map in it, close nothing.
 *
 * @throws {TemplateFault} When one is not closed, or stands within another.
 */
export function placeholdersOf(text: string): Placeholder[] {
  const placeholders: Placeholder[] = [];
  for (let start = text.indexOf(opening); start !== -1;) {
    const close = closeOf(text, start);
    if (placeholders.length === mostPlaceholders) {
      throw new TemplateFault(`a text may have ${mostPlaceholders} placeholders, and this is one more`, text, start);
    }
    const end = close + closing.length;
    placeholders.push({ start, end, source: text.slice(start + opening.length, close) });
    start = text.indexOf(opening, end);
  }
  return placeholders;
}

/** Where the braces stand that close a placeholder. */
function closeOf(text: string, start: number): number {
  let maps = 0;
  let at = start + opening.length;
  while (at < text.length) {
    const character = text[at]!;
    if (character === '"' || character === "'") {
      at = endOfString(text, at);
      continue;
    }
    if (maps === 0 && text.startsWith(closing, at)) return at;
    if (text.startsWith(opening, at)) {
      throw new TemplateFault('{{ cannot stand within {{ … }}; write it as a string, "{{"', text, at);
    }
    if (character === '{') maps++;
    else if (character === '}') maps--;
    at++;
  }
  throw new TemplateFault('{{ is not closed by }}', text, start);
}

const rawPrefix = /(?:^|[^A-Za-z0-9_])(?:[rR][bB]?|[bB][rR])$/;

/** Behind the CEL string that begins at a place: one of any quotes, raw or not; the end of the text if it has none. */
function endOfString(text: string, start: number): number {
  const quote = text[start]!;
  const triple = quote.repeat(3);
  const end = text.startsWith(triple, start) ? triple : quote;
  const isRaw = rawPrefix.test(text.slice(Math.max(0, start - 3), start));
  let at = start + end.length;
  while (at < text.length) {
    if (text[at] === '\\' && !isRaw) at += 2;
    else if (text.startsWith(end, at)) return at + end.length;
    else at++;
  }
  return text.length;
}

/**
 * Refuses a placeholder behind something that it would complete to another character.
 *
 * @param begun What stands before the placeholder, where it is wrong.
 */
export function refuseBehind(begun: RegExp, text: string, placeholders: readonly Placeholder[]): void {
  for (const { start } of placeholders) {
    const found = begun.exec(text.slice(Math.max(0, start - longestBegun), start));
    if (found) throw new TemplateFault(`a placeholder cannot stand directly behind ${found[0]}`, text, start);
  }
}

const longestBegun = 32;

/** The beginning of an escape in a URL or a form. */
export const begunPercent = /%[0-9A-Fa-f]?$/;

/**
 * A text with a letter in the place of each placeholder, for rules about what stands around them. A text whose
 * placeholders are wrong ends before the first one; {@link placeholdersOf} says what is wrong.
 */
export function withoutPlaceholders(text: string): string {
  try {
    return withFillers(text, placeholdersOf(text), () => 'x');
  } catch (error) {
    if (error instanceof TemplateFault) return text.slice(0, text.indexOf(opening));
    throw error;
  }
}

/** A text of the same length, with something else in the place of each placeholder. */
export function withFillers(
  text: string,
  placeholders: readonly Placeholder[],
  filler: (index: number, length: number) => string,
): string {
  let result = '';
  let copied = 0;
  for (const [index, { start, end }] of placeholders.entries()) {
    result += text.slice(copied, start) + filler(index, end - start);
    copied = end;
  }
  return result + text.slice(copied);
}
