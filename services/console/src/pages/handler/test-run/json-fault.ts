export interface JsonFault {
  message: string;
  /** Characters from the beginning of the text, where it is known. */
  offset: number | undefined;
}

/** What is wrong with a text that is to be JSON, and where; undefined when it is. Engines tell the place in words of their own. */
export function jsonFault(text: string): JsonFault | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    const { message } = error as SyntaxError;
    return { message: plain(message), offset: offsetIn(message, text) };
  }
}

function offsetIn(message: string, text: string): number | undefined {
  const [, position] = /at position (\d+)/.exec(message) ?? [];
  if (position !== undefined) return Number(position);
  const [, line, column] = /line (\d+) column (\d+)/.exec(message) ?? [];
  if (line !== undefined) return offsetOfLine(text, Number(line)) + Number(column) - 1;
  return /end of (JSON|data|input)/i.test(message) ? text.length : undefined;
}

/** Without what is told by the place. */
function plain(message: string): string {
  return message
    .replace(/^JSON\.parse: /, '')
    .replace(/,? "?[^"]*"? is not valid JSON$/s, '')
    .replace(/ (in JSON )?at position.*$| (at )?line \d+ column.*$/s, '');
}

function offsetOfLine(text: string, line: number): number {
  return text
    .split('\n')
    .slice(0, line - 1)
    .reduce((sum, { length }) => sum + length + 1, 0);
}

/** The line of a place in a text, from 1. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
