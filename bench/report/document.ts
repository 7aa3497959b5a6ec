import { ToolError } from '../../tools/tool-error.ts';

/** A document has no place for what was measured. */
export class ReportError extends ToolError {
  readonly code = 'report';
}

const begin = (name: string): string => `<!-- measured: ${name} -->`;
const end = (name: string): string => `<!-- end of what was measured: ${name} -->`;

/**
 * Puts what was measured between its marks in a document, in the place of what stood there. All else, which people
 * write, stays as it is; so do the places of what was not measured this time.
 *
 * @param blocks Markdown, by the name of the place.
 * @throws {ReportError} When a place is missing, there twice, or has no end.
 */
export function filledIn(document: string, blocks: Readonly<Record<string, string>>): string {
  return Object.entries(blocks).reduce((text, [name, block]) => withBlock(text, name, block), document);
}

function withBlock(document: string, name: string, block: string): string {
  const from = document.indexOf(begin(name));
  const to = document.indexOf(end(name));
  if (from < 0 || to < from)
    throw new ReportError(`the document needs a line ${begin(name)} and after it ${end(name)}`);
  if (document.includes(begin(name), from + 1)) throw new ReportError(`the document has ${begin(name)} twice`);
  return `${document.slice(0, from)}${begin(name)}\n\n${block.trim()}\n\n${document.slice(to)}`;
}
