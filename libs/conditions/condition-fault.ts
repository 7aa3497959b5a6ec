/** Why a text is no expression. */
export class ConditionFault extends Error {
  override readonly name = 'ConditionFault';
  readonly code = 'bad_condition';
  /** Says what is wrong, without a place. */
  readonly what: string;
  /** Where, in UTF-16 units from 0. */
  readonly place: number | undefined;

  constructor(what: string, source: string, place: number | undefined) {
    super(withPlace(what, source, place));
    this.what = what;
    this.place = place;
  }
}

/** A message with the place that it is about, in characters, as editors count them. */
export function withPlace(message: string, source: string, place: number | undefined): string {
  return place === undefined ? message : `${message} (${placeText(source, place)})`;
}

/** A place in a text, in characters, as editors count them: `line 1, column 9`. */
export function placeText(source: string, place: number): string {
  const lines = source.slice(0, place).split('\n');
  return `line ${lines.length}, column ${Array.from(lines.at(-1)!).length + 1}`;
}
