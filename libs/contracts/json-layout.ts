/** What stands in a JSON text: strings whole, brackets and separators, and everything between them. */
const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gs;

const step = '  ';

/**
 * A JSON text with a line for each value, indented. Everything but the white space stays as it is written, which it
 * would not if it were parsed and printed: numbers have all of their digits, and members their order, also when they
 * have one name.
 *
 * @param text Valid JSON.
 */
export function indentJson(text: string): string {
  let result = '';
  let indent = '\n';
  let before = '';
  for (const [part] of text.matchAll(token)) {
    if (part === '}' || part === ']') {
      indent = indent.slice(0, -step.length);
      // Nothing stands in it.
      result += before === '{' || before === '[' ? part : indent + part;
    } else {
      if (before === '{' || before === '[' || before === ',') result += indent;
      result += part === ':' ? ': ' : part;
      if (part === '{' || part === '[') indent += step;
    }
    before = part;
  }
  return result;
}

/** The same on one line. */
export function compactJson(text: string): string {
  return Array.from(text.matchAll(token), ([part]) => part).join('');
}
