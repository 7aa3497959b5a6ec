/** A stretch of text that a reader reads in one go: a paragraph, an item of a list, a cell of a table, a comment. */
export interface Passage {
  /** Of its first line, from 1. */
  readonly line: number;
  readonly text: string;
}

const fence = /^\s*(?:>\s*)?(`{3,}|~{3,})/;
const blank = /^\s*(?:>\s*)?$/;
/** Unless it continues an item of a list. */
const indentedCode = /^ {4}/;
/** An item of a list, a row of a table, or a heading starts a passage of its own. */
const starts = /^\s*(?:>\s*)?(?:[-*+] |\d+\. |\||#{1,6} )/;
const furniture = /^\s*(?:>\s*)?(?:[-*+] |\d+\. |#{1,6} |> )?/;

/** The passages of a Markdown document, without code blocks and HTML comments. */
export function passagesOf(markdown: string): Passage[] {
  const passages: { line: number; text: string }[] = [];
  let isFenced = false;
  let isOpen = false;
  for (const [index, line] of withoutHtml(markdown).split('\n').entries()) {
    const isFence = fence.test(line);
    if (isFence) isFenced = !isFenced;
    if (isFence || isFenced || blank.test(line)) {
      isOpen = false;
    } else if (line.trimStart().startsWith('|')) {
      passages.push(...cellsOf(line).map((text) => ({ line: index + 1, text })));
      isOpen = false;
    } else if (isOpen && !starts.test(line)) {
      passages.at(-1)!.text += ` ${line.replace(furniture, '').trim()}`;
    } else if (isOpen || !indentedCode.test(line)) {
      passages.push({ line: index + 1, text: line.replace(furniture, '').trim() });
      isOpen = !line.startsWith('#');
    }
  }
  return passages;
}

/** Keeps the line breaks, so that the numbers of lines stay. */
function withoutHtml(markdown: string): string {
  return markdown.replaceAll(/<!--.*?-->/gs, (comment) => comment.replaceAll(/[^\n]/g, ''));
}

function cellsOf(row: string): string[] {
  const cells = row.split(/(?<!\\)\|/).map((cell) => cell.trim());
  return cells.filter((cell) => cell !== '' && !/^:?-+:?$/.test(cell));
}

/** One or several code spans in a list count as one word; of a link only its text is read. */
export function readable(text: string): string {
  return text
    .replaceAll(/(`+)(?:(?!\1).)+\1/g, '\u{25a1}')
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/[*_]{1,2}(?=\S)|(?<=\S)[*_]{1,2}/g, '')
    .replaceAll(/\u{25a1}(?:(?:,| and| or|, and|, or) \u{25a1})+/gu, '\u{25a1}');
}

/** The sentences of a passage. A full stop within a name or a number ends none. */
export function sentencesOf(text: string): string[] {
  return readable(text)
    .split(/(?<=[.!?][)"”]?)\s+(?=[\p{Lu}\p{N}("“\u{25a1}])/u)
    .filter((sentence) => sentence !== '');
}

export function wordsIn(sentence: string): number {
  return sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}\u{25a1}]/u.test(word)).length;
}
