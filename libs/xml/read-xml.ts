import { SaxesParser, type SaxesAttributeNS, type SaxesTagNS } from 'saxes';
import { XmlFault } from './xml-fault.ts';

/**
 * An element: its text where it has no attributes and no elements, null where it says that it is nil, else a map of its
 * attributes and elements by local name. Elements of one name are a list, in document order.
 */
export type XmlValue = null | string | ReadonlyMap<string, XmlValue> | readonly XmlValue[];

/** The bounds of what is read; more is a {@link XmlFault}. */
export const xmlLimits = {
  /** UTF-16 units. An answer is cut off before that. */
  length: 1_048_576,
  /** Elements within each other. */
  depth: 64,
  /** Elements and attributes together. */
  nodes: 20_000,
} as const;

/** The name that the text of an element has when the element is a map. */
const textName = 'text';

/** Attributes that speak of the text and are no data: a type, nil, a language. */
const remarks = new Set([
  'http://www.w3.org/2000/xmlns/',
  'http://www.w3.org/XML/1998/namespace',
  'http://www.w3.org/2001/XMLSchema-instance',
]);
const instance = 'http://www.w3.org/2001/XMLSchema-instance';

/**
 * Reads a document: a map with the root by its local name, `xml.Envelope.Body`. Names lose their prefixes. Texts lose
 * white space at both ends. The text of an element that has attributes or elements is its `text`. Where an attribute
 * and an element have the same name, the attribute is at `@name`.
 *
 * A document type declaration is refused, so that there are no entities but the five of XML and characters by number.
 * Nothing is ever fetched. The time taken is linear in the length.
 *
 * @throws {XmlFault} When the text is not well-formed, has a declaration, or is beyond {@link xmlLimits}.
 */
export function readXml(text: string): ReadonlyMap<string, XmlValue> {
  if (text.length > xmlLimits.length) throw new XmlFault(`is longer than ${xmlLimits.length} characters`);
  const reader = new Reader();
  const parser = new SaxesParser({ xmlns: true, position: true });
  parser.on('doctype', () => {
    throw new XmlFault('has a document type declaration, which is refused');
  });
  parser.on('opentag', (tag) => reader.open(tag));
  parser.on('text', (part) => reader.add(part));
  parser.on('cdata', (part) => reader.add(part));
  parser.on('closetag', () => reader.close());
  parser.on('error', (error) => {
    throw new XmlFault(`is not well-formed XML: ${error.message}`, { cause: error });
  });
  // A byte order mark is no part of the document.
  parser.write(text.startsWith('\ufeff') ? text.slice(1) : text).close();
  return reader.document;
}

interface OpenElement {
  readonly name: string;
  readonly isNil: boolean;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: Map<string, XmlValue[]>;
  texts: string[];
}

class Reader {
  readonly #open: OpenElement[] = [];
  #nodes = 0;
  #document: ReadonlyMap<string, XmlValue> = new Map();

  get document(): ReadonlyMap<string, XmlValue> {
    return this.#document;
  }

  open(tag: SaxesTagNS): void {
    const attributes = Object.values(tag.attributes);
    this.#nodes += 1 + attributes.length;
    if (this.#nodes > xmlLimits.nodes) {
      throw new XmlFault(`has more than ${xmlLimits.nodes} elements and attributes`);
    }
    if (this.#open.length === xmlLimits.depth) throw new XmlFault(`has more than ${xmlLimits.depth} nested elements`);
    const data = attributes.filter(({ uri }) => !remarks.has(uri));
    this.#open.push({
      name: tag.local,
      isNil: attributes.some(saysNil),
      attributes: new Map(data.map(({ local, value }) => [local, value])),
      children: new Map(),
      texts: [],
    });
  }

  /** What is outside of the root is white space: anything else is not well-formed. */
  add(text: string): void {
    this.#open.at(-1)?.texts.push(text);
  }

  close(): void {
    const element = this.#open.pop()!;
    const value = valueOf(element);
    const parent = this.#open.at(-1);
    if (!parent) {
      this.#document = new Map([[element.name, value]]);
      return;
    }
    const siblings = parent.children.get(element.name);
    if (siblings) siblings.push(value);
    else parent.children.set(element.name, [value]);
  }
}

function saysNil({ uri, local, value }: SaxesAttributeNS): boolean {
  return uri === instance && local === 'nil' && (value === 'true' || value === '1');
}

function valueOf({ isNil, attributes, children, texts }: OpenElement): XmlValue {
  const text = trimmed(texts.join(''));
  if (attributes.size === 0 && children.size === 0) return isNil ? null : text;
  const members = new Map<string, XmlValue>();
  for (const [name, value] of attributes) members.set(children.has(name) ? `@${name}` : name, value);
  for (const [name, values] of children) members.set(name, values.length === 1 ? values[0]! : values);
  if (!members.has(textName) && (text !== '' || children.size === 0)) members.set(textName, text);
  return members;
}

/** Without XML's white space, which is less than JavaScript's: a no-break space is text. */
function trimmed(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d;
}
