const tokens = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+/gs;

interface Level {
  /** Undefined in an object whose next name has not come yet. */
  name: string | undefined;
  isList: boolean;
}

/**
 * Where a field stands in a text that is JSON: at its name, or at the item of a list. Of a field that is not there, the nearest that
 * holds it.
 *
 * @param path Its names from the outside, `data.accounts.0.id`.
 * @returns Characters from the beginning, or undefined when not even the first of the names is there.
 */
export function placeOf(text: string, path: string): number | undefined {
  const wanted = path.split('.');
  const levels: Level[] = [];
  const found: (number | undefined)[] = [];
  const note = (offset: number): void => {
    const names = levels.map(({ name }) => name);
    const isOnTheWay = names.length <= wanted.length && names.every((name, index) => name === wanted[index]);
    if (isOnTheWay) found[names.length] ??= offset;
  };
  for (const { 0: token, index } of text.matchAll(tokens)) {
    const level = levels.at(-1);
    if (level?.isList && token !== ',' && token !== ']') note(index);
    if (token === '{' || token === '[') levels.push({ name: token === '[' ? '0' : undefined, isList: token === '[' });
    else if (token === '}' || token === ']') levels.pop();
    else if (token === ',' && level) level.name = level.isList ? String(Number(level.name) + 1) : undefined;
    else if (level && !level.isList && level.name === undefined) {
      level.name = JSON.parse(token) as string;
      note(index);
    }
  }
  return found.findLast((offset) => offset !== undefined);
}
