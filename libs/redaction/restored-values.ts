import { compactJson, memberTexts, withMember } from '#contracts';
import { mask } from './field-pattern.ts';
import { endOfValue, replaceJsonValues, skipSpace } from './json-values.ts';

const masked = JSON.stringify(mask);

/**
 * Puts values back that a JSON text shows masked, from the text that it was made from. A field of an object is found by
 * its name. An item of a list may have moved, so it gets its values back only if nothing else of it has changed.
 *
 * @param shown Valid JSON.
 * @param original Valid JSON.
 * @param isMeant Whether the field of a name is masked.
 */
export function restoreJsonValues(shown: string, original: string, isMeant: (name: string) => boolean): string {
  if (shown.startsWith('{') && original.startsWith('{')) return restoreMembers(shown, original, isMeant);
  if (shown.startsWith('[') && original.startsWith('[')) return restoreItems(shown, original, isMeant);
  return shown;
}

/** Names of fields whose values are still masked. */
export function maskedFields(text: string, isMeant: (name: string) => boolean): string[] {
  const names = new Set<string>();
  let last = '';
  const by = (value: string): string => {
    if (value === masked) names.add(last);
    return value;
  };
  replaceJsonValues(text, { isMeant: (name) => isMeant((last = name)), by });
  return [...names];
}

function restoreMembers(shown: string, original: string, isMeant: (name: string) => boolean): string {
  const before = memberTexts(original);
  let result = shown;
  for (const [name, text] of memberTexts(shown)) {
    const was = before.get(name);
    if (was === undefined) continue;
    const value = isMeant(name) && text === masked ? was : restoreJsonValues(text, was, isMeant);
    if (value !== text) result = withMember(result, name, value);
  }
  return result;
}

function restoreItems(shown: string, original: string, isMeant: (name: string) => boolean): string {
  const before = new Map<string, string | undefined>();
  for (const { text } of itemsOf(original)) {
    const seen = compactJson(replaceJsonValues(text, { isMeant, by: () => masked }));
    // Two items that look alike may hide different values.
    before.set(seen, before.has(seen) && before.get(seen) !== text ? undefined : text);
  }
  let result = '';
  let copied = 0;
  for (const { start, end, text } of itemsOf(shown)) {
    result += shown.slice(copied, start) + (before.get(compactJson(text)) ?? text);
    copied = end;
  }
  return result + shown.slice(copied);
}

function itemsOf(list: string): { start: number; end: number; text: string }[] {
  const items: { start: number; end: number; text: string }[] = [];
  let start = skipSpace(list, 1);
  while (list[start] !== ']') {
    const end = endOfValue(list, start);
    items.push({ start, end, text: list.slice(start, end) });
    start = skipSpace(list, end);
    if (list[start] === ',') start = skipSpace(list, start + 1);
  }
  return items;
}
