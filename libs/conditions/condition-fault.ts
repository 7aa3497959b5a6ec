import type { SourceRange } from '@marcbachmann/cel-js';

/** Why a text is no condition. */
export class ConditionFault extends Error {
  override readonly name = 'ConditionFault';
  readonly code = 'bad_condition';

  /**
   * @param what Says what is wrong, without a place.
   * @param range Where, in UTF-16 units from 0.
   */
  constructor(what: string, source: string, range: SourceRange | undefined) {
    super(range ? `${what} (${place(source, range.start)})` : what);
  }

  /** What the library says, whose messages draw a picture of the place. */
  static of({ summary, range }: { summary: string; range?: SourceRange }, source: string): ConditionFault {
    return new ConditionFault(summary, source, range);
  }
}

/** In characters, as editors count them. */
function place(source: string, start: number): string {
  const lines = source.slice(0, start).split('\n');
  return `line ${lines.length}, column ${Array.from(lines.at(-1)!).length + 1}`;
}
