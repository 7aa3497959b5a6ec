/** `boundary` and `start` of a `multipart/related`, in quotes or not. */
const parameter = (name: string): RegExp => new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]+)"|([^\\s;"]+))`, 'i');
const boundaryParameter = parameter('boundary');
const startParameter = parameter('start');
const contentId = /^content-id:[ \t]*(\S+)/im;

/**
 * The document of an answer that brings attachments along (`multipart/related`, RFC 2387), as SOAP with MTOM does: the
 * part that `start` names, else the first. What is in the attachments is not looked at.
 *
 * @param text May end within an attachment.
 * @returns Undefined for an answer of another type, and when the part is not whole.
 */
export function rootPart(contentType: string, text: string): string | undefined {
  if (!/^\s*multipart\/related\s*;/i.test(contentType)) return undefined;
  const boundary = valueOf(boundaryParameter, contentType);
  if (boundary === undefined) return undefined;
  // What is before the first delimiter and behind the last one is no whole part.
  const parts = `\n${text}`.split(`\n--${boundary}`).slice(1, -1);
  const start = valueOf(startParameter, contentType);
  const whole = parts.map(headAndContent).filter((part) => part !== undefined);
  const root = start === undefined ? whole[0] : whole.find(({ head }) => contentId.exec(head)?.[1] === start);
  return root?.content;
}

function headAndContent(part: string): { head: string; content: string } | undefined {
  const end = /\r?\n\r?\n/.exec(part);
  return end ? { head: part.slice(0, end.index), content: part.slice(end.index + end[0].length) } : undefined;
}

function valueOf(of: RegExp, contentType: string): string | undefined {
  const [, quoted, bare] = of.exec(contentType) ?? [];
  return quoted ?? bare;
}
