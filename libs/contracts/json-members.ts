/**
 * The members of a JSON object, each value as it is written, so that it can go on without being parsed and printed. Of members with one
 * name the last one counts, as it does for `JSON.parse`.
 *
 * @param text A valid JSON text of an object.
 */
export function memberTexts(text: string): ReadonlyMap<string, string> {
  const members = new Map<string, string>();
  let depth = 0;
  let name: string | undefined;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (character === '"') {
      const end = endOfString(text, i);
      if (depth === 1) name ??= JSON.parse(text.slice(i, end + 1)) as string;
      i = end;
    } else if (character === ':' && depth === 1) start = i + 1;
    else if (character === '{' || character === '[') depth++;
    else if (character === ',' || character === '}' || character === ']') {
      if (depth === 1 && name !== undefined) members.set(name, text.slice(start, i).trim());
      if (depth === 1) name = undefined;
      if (character !== ',') depth--;
    }
  }
  return members;
}

/** The place of the quote that ends the string that begins at a place. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end;
}

function isEscaped(text: string, place: number): boolean {
  let backslashes = 0;
  while (text[place - 1 - backslashes] === '\\') backslashes++;
  return backslashes % 2 === 1;
}
