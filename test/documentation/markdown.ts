/** A fenced block of a document. */
export interface Block {
  /** From the root of the clone. */
  document: string;
  /** Of its first line inside the fence, from 1. */
  line: number;
  /** As the fence says; empty where it says nothing. */
  language: string;
  text: string;
}

/** A link of a document. */
export interface Link {
  line: number;
  target: string;
}

const fence = /^(?<indent> *)```(?<language>\S*)\s*$/;

/** The fenced blocks of a document, in their order; an indented one without its indentation. */
export function blocksIn(document: string, markdown: string): Block[] {
  const blocks: Block[] = [];
  let open: { indent: string; block: Block; lines: string[] } | undefined;
  for (const [index, line] of markdown.split('\n').entries()) {
    const found = fence.exec(line)?.groups;
    if (!open && found) {
      const { indent = '', language = '' } = found;
      open = { indent, block: { document, line: index + 2, language, text: '' }, lines: [] };
    } else if (open && found?.['language'] === '') {
      blocks.push({ ...open.block, text: open.lines.join('\n') });
      open = undefined;
    } else if (open) {
      open.lines.push(line.startsWith(open.indent) ? line.slice(open.indent.length) : line);
    }
  }
  if (open) throw new Error(`${document}:${String(open.block.line)}: the fence is not closed`);
  return blocks;
}

/** The links and pictures of a document, without those in code. */
export function linksIn(markdown: string): Link[] {
  return prose(markdown).flatMap((line, index) =>
    [...line.replaceAll(/`[^`]*`/g, '').matchAll(/\]\((?<target>[^)\s]+)\)/g)].map(({ groups }) => ({
      line: index + 1,
      target: groups?.['target'] ?? '',
    })),
  );
}

/** What a link can lead to within a document: the headings, as GitHub makes anchors of them. */
export function anchorsIn(markdown: string): Set<string> {
  const anchors = new Set<string>();
  for (const line of prose(markdown)) {
    const heading = /^#{1,6} +(?<title>.*)$/.exec(line)?.groups?.['title'];
    if (heading === undefined) continue;
    const plain = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const anchor = plain.replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(/\s/g, '-');
    let unique = anchor;
    for (let copy = 1; anchors.has(unique); copy += 1) unique = `${anchor}-${String(copy)}`;
    anchors.add(unique);
  }
  return anchors;
}

/** The lines of a document, with nothing in place of fenced code. */
function prose(markdown: string): string[] {
  let isCode = false;
  return markdown.split('\n').map((line) => {
    const isFence = fence.test(line);
    if (isFence) isCode = !isCode;
    return isFence || isCode ? '' : line;
  });
}
