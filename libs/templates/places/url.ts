import { TemplateFault } from '../template-fault.ts';
import { begunPercent, refuseBehind, withFillers, type Placeholder } from '../scan.ts';
import { asText, type Part, type Place, type Write } from './place.ts';

/** As long as most servers take. */
const mostBytes = 8 * 1024;

/** It leaves nothing that means something in a URL. */
const write = asText(encodeURIComponent);

/** A whole URL. Its host and port are what the author wrote; path and query take placeholders. */
export const urlPlace: Place = {
  mostBytes,
  writers: (text, placeholders) => {
    const plain = withFillers(text, placeholders, (_index, length) => 'x'.repeat(length));
    return writersBehind(authorityEnd(plain), text, placeholders);
  },
  fault: segmentFault,
};

/** A path, and perhaps a query, behind the URL of a target. */
export const pathPlace: Place = {
  mostBytes,
  writers: (text, placeholders) => {
    if (!text.startsWith('/')) throw new TemplateFault('it must begin with a slash', text, 0);
    return writersBehind(0, text, placeholders);
  },
  fault: segmentFault,
};

function authorityEnd(plain: string): number {
  const start = plain.indexOf('://') + 3;
  const length = plain.slice(start).search(/[/?#]/);
  return length === -1 ? plain.length + 1 : start + length;
}

function writersBehind(end: number, text: string, placeholders: readonly Placeholder[]): readonly Write[] {
  const early = placeholders.find(({ start }) => start < end);
  if (early) throw new TemplateFault('scheme, host and port take no placeholder', text, early.start);
  refuseBehind(begunPercent, text, placeholders);
  return placeholders.map(() => write);
}

/** How WHATWG URLs write a segment that means this folder, or the one above. */
const dots = /^(?:\.|%2e){1,2}$/i;

/** A segment of a path that a placeholder has made to none, or to one that leads elsewhere. */
function segmentFault(parts: readonly Part[]): { placeholder: number; message: string } | undefined {
  let segment = '';
  let last: number | undefined;
  for (const { text, placeholder } of pathParts(parts)) {
    if (placeholder !== undefined) {
      segment += text;
      last = placeholder;
      continue;
    }
    const [rest = '', ...segments] = text.split('/');
    segment += rest;
    for (const next of segments) {
      if (last !== undefined && isBad(segment)) return { placeholder: last, message: badSegment(segment) };
      segment = next;
      last = undefined;
    }
  }
  return last !== undefined && isBad(segment) ? { placeholder: last, message: badSegment(segment) } : undefined;
}

function isBad(segment: string): boolean {
  return segment === '' || dots.test(segment);
}

function badSegment(segment: string): string {
  return segment === ''
    ? 'a part of the path would be empty'
    : 'a part of the path would be . or .., which leads elsewhere';
}

/** The parts before the query. What placeholders gave has no question mark. */
function pathParts(parts: readonly Part[]): readonly Part[] {
  const query = parts.findIndex(({ text, placeholder }) => placeholder === undefined && text.includes('?'));
  if (query === -1) return parts;
  const { text } = parts[query]!;
  return [...parts.slice(0, query), { text: text.slice(0, text.indexOf('?')) }];
}
