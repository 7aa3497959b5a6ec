/** Why a text is no condition. */
export class ConditionFault extends Error {
  override readonly name = 'ConditionFault';
  readonly code = 'bad_condition';

  /**
   * @param what Says what is wrong, without a place.
   * @param place Where, in UTF-16 units from 0.
   */
  constructor(what: string, source: string, place: number | undefined) {
    super(withPlace(what, source, place));
  }
}

/** A message with the place that it is about, in characters, as editors count them. */
export function withPlace(message: string, source: string, place: number | undefined): string {
  if (place === undefined) return message;
  const lines = source.slice(0, place).split('\n');
  return `${message} (line ${lines.length}, column ${Array.from(lines.at(-1)!).length + 1})`;
}
