import { commentLines, commentsIn } from './comments.ts';
import { phrases } from './phrases.ts';
import { passagesOf, readable, sentencesOf, wordsIn, type Passage } from './text.ts';

export interface Finding {
  readonly line: number;
  readonly message: string;
}

const widest = 120;
const longest = 30;

/** What is wrong with a Markdown document: width, long sentences, phrases of STYLE's table. */
export function findingsInMarkdown(markdown: string): Finding[] {
  const passages = passagesOf(markdown);
  return [...longSentences(passages), ...usedPhrases(passages)];
}

/** What is wrong with the comments of a source file: width, phrases. */
export function findingsInSource(path: string, source: string): Finding[] {
  const lines = source.split('\n');
  const wide = commentLines(path, source).filter((line) => lines[line - 1]!.length > widest);
  return [
    ...wide.map((line) => ({ line, message: `the comment is wider than ${String(widest)} columns` })),
    ...usedPhrases(commentsIn(path, source)),
  ];
}

function longSentences(passages: readonly Passage[]): Finding[] {
  return passages.flatMap(({ line, text }) =>
    sentencesOf(text)
      .map((sentence) => ({ sentence, words: wordsIn(sentence) }))
      .filter(({ words }) => words > longest)
      .map(({ sentence, words }) => ({
        line,
        message: `a sentence of ${String(words)} words, ${String(longest)} at most: "${sentence.slice(0, 60)}…"`,
      })),
  );
}

function usedPhrases(passages: readonly Passage[]): Finding[] {
  return passages.flatMap(({ line, text }) => {
    const prose = readable(text);
    return phrases.flatMap(({ pattern, instead }) =>
      [...prose.matchAll(pattern)].map(([found]) => ({ line, message: `"${found}": ${instead}` })),
    );
  });
}
