/** Whether a text is how JSON would write a whole number. */
const wholeNumber = /^(0|-?[1-9]\d*)$/;

/**
 * How an object id may be written in the journal, which keeps them as JSON: `12` in a query means the number as well as
 * the string.
 */
export function objectIdSpellings(text: string): string[] {
  const spellings = [JSON.stringify(text)];
  if (wholeNumber.test(text)) spellings.push(text);
  return spellings;
}

/** The same for an object id in JSON, where a number means the number only. */
export function givenSpellings(objectId: number | string): string[] {
  return typeof objectId === 'number' ? [JSON.stringify(objectId)] : objectIdSpellings(objectId);
}

/** An object id as the journal keeps it. */
export function readObjectId(json: string): number | string {
  return JSON.parse(json) as number | string;
}
