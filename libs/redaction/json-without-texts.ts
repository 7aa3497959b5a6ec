import { mask } from './field-pattern.ts';

const token = /"(?:[^"\\]|\\.)*"|[^\s",:{}[\]]+/g;

/**
 * A JSON text without certain texts: `***` stands in their place within a string, and in place of a number with one.
 *
 * @param json Valid JSON.
 * @param hidden In all spellings in which they may occur.
 * @returns Undefined when that cannot be done without spoiling the JSON.
 */
export function jsonWithoutTexts(json: string, hidden: readonly string[]): string | undefined {
  const sought = hidden.filter((text) => text !== '' && json.includes(text)).sort((a, b) => b.length - a.length);
  if (sought.length === 0) return json;
  const shown = json.replace(token, (part) => {
    const rest = sought.reduce((text, each) => text.replaceAll(each, mask), part);
    return rest === part || part.startsWith('"') ? rest : `"${mask}"`;
  });
  return isJson(shown) ? shown : undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
