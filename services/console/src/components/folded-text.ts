/** The limits of a long text's beginning: laying out the whole text would block the page. */
const mostLines = 120;
const mostCharacters = 12_000;

/** A piece of a text that a browser lays out quickly. */
const linesEach = 200;
const charactersEach = 20_000;

export interface FoldedText {
  /** The beginning, or the whole text. */
  readonly shown: string;
  readonly isFolded: boolean;
  /** Of the whole text. */
  readonly lines: number;
}

/** The beginning of a text, until the user asks for the rest. */
export function folded(text: string): FoldedText {
  const lines = text.split('\n');
  const beginning = lines.slice(0, mostLines).join('\n').slice(0, mostCharacters).toWellFormed();
  return { shown: beginning, isFolded: beginning.length < text.length, lines: lines.length };
}

/**
 * A text in pieces of which a browser lays out only those in sight; they end with lines, where these are not too long.
 */
export function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  const lines = text.split('\n');
  for (let first = 0; first < lines.length; first += linesEach) {
    const part = lines.slice(first, first + linesEach).join('\n');
    for (let begin = 0; begin === 0 || begin < part.length; begin += charactersEach) {
      pieces.push(part.slice(begin, begin + charactersEach));
    }
  }
  return pieces;
}
