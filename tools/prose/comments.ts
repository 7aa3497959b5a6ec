import type { Passage } from './text.ts';

/** What may contain the sign of a comment comes first, so that a URL in a string is none. */
const typeScript = new RegExp(
  [
    String.raw`'(?:\\.|[^'\\\n])*'`,
    String.raw`"(?:\\.|[^"\\\n])*"`,
    '`(?:\\\\.|[^`\\\\])*`',
    // A regular expression: a slash where a value may begin.
    String.raw`(?<=(?:[(,=:[!&|?{};>]|return)\s*)/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n])+/`,
    String.raw`(?<comment>/\*[\s\S]*?\*/|//[^\n]*)`,
  ].join('|'),
  'g',
);
const hash = /^\s*(?<comment>#(?!!)[^\n]*)/gm;

/** A comment of a source file, and whether it stands alone on its lines. */
interface Comment {
  readonly line: number;
  readonly lines: readonly string[];
}

/** The comments of a source file; line comments that follow each other are one. */
export function commentsIn(path: string, source: string): Passage[] {
  const passages: { line: number; last: number; text: string }[] = [];
  for (const { line, lines } of rawComments(path, source)) {
    const text = lines
      .map((each) => each.replace(/^\s*(?:\/\*\*?|\*\/|\*(?!\*)|\/\/|#)\s?|\s*\*\/$/g, '').trim())
      .join(' ');
    const previous = passages.at(-1);
    if (lines.length === 1 && previous?.last === line - 1) {
      previous.text += ` ${text}`;
      previous.last = line;
    } else {
      passages.push({ line, last: line + lines.length - 1, text });
    }
  }
  return passages.map(({ line, text }) => ({ line, text: text.trim() }));
}

/** The lines, from 1, on which there is a comment. */
export function commentLines(path: string, source: string): number[] {
  return rawComments(path, source).flatMap(({ line, lines }) => lines.map((_, index) => line + index));
}

function rawComments(path: string, source: string): Comment[] {
  const found: Comment[] = [];
  let line = 1;
  let seen = 0;
  for (const match of source.matchAll(/\.(?:[cm]?[jt]s|tsx)$/.test(path) ? typeScript : hash)) {
    const comment = match.groups?.['comment'];
    if (comment === undefined) continue;
    const begin = match.index + match[0].indexOf(comment);
    line += source.slice(seen, begin).split('\n').length - 1;
    seen = begin;
    found.push({ line, lines: comment.split('\n') });
  }
  return found;
}
