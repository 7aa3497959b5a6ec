import { Fault } from '#conditions';
import { checkXml, XmlFault } from '#xml';
import { refuseBehind, withFillers } from '../scan.ts';
import { TemplateFault } from '../template-fault.ts';
import { asText, type Place, type Write } from './place.ts';
import { mostBodyBytes } from './plain.ts';

/** What XML 1.0 cannot hold, however it is written. */
const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;
/**
 * What stands as a number: markup, line ends that a parser would change, also one of XML 1.1, and what that version
 * wants as numbers. In an attribute, white space would become spaces.
 */
const special = {
  text: /[&<>"'\r\x7f-\x9f\u2028]/g,
  attribute: /[&<>"'\r\n\t\x7f-\x9f\u2028]/g,
};

const writes = { text: escaping(special.text), attribute: escaping(special.attribute) };

function escaping(characters: RegExp): Write {
  return asText((text) =>
    forbidden.test(text)
      ? new Fault('it has a character that XML cannot hold')
      : text.replace(characters, (character) => `&#${character.charCodeAt(0)};`),
  );
}

/** The beginning of a reference to a character. */
const begunReference = /&[^;\s<>"'&]*$/;

/** A body that is XML: placeholders are character data and parts of attributes, and nothing else. */
export const xmlBody: Place = {
  mostBytes: mostBodyBytes,
  writers: (text, placeholders) => {
    refuseBehind(begunReference, text, placeholders);
    // With letters in the place of placeholders, the text has to be a document.
    const document = withFillers(text, placeholders, (_, length) => 'x'.repeat(length));
    check(document, text);
    const parts = [...document.matchAll(part)];
    return placeholders.map(({ start }) => {
      const found = placeIn(
        parts.find(({ index, 0: all }) => start < index + all.length)!,
        start,
      );
      if (typeof found === 'string') throw new TemplateFault(found, text, start);
      return found.write;
    });
  },
};

function check(document: string, text: string): void {
  try {
    checkXml(document);
  } catch (error) {
    if (error instanceof XmlFault) throw new TemplateFault(error.message, text, error.place ?? 0);
    throw error;
  }
}

/** The parts of a well-formed document, by how each begins. Placeholders may stand in the last two. */
const part = new RegExp(
  [
    '(?<comment><!--.*?-->)',
    String.raw`(?<section><!\[CDATA\[.*?\]\]>)`,
    String.raw`(?<instruction><\?.*?\?>)`,
    `(?<declaration><!(?:"[^"]*"|'[^']*'|[^"'>])*>)`,
    `(?<tag><(?:"[^"]*"|'[^']*'|[^"'>])*>)`,
    '(?<text>[^<]+)',
  ].join('|'),
  'gs',
);

const closedParts = {
  comment: 'a comment',
  section: 'a CDATA section',
  instruction: 'a processing instruction',
  declaration: 'a declaration',
} as const;

const attribute = /(?<name>[^\s=]+)\s*=\s*(?<value>"[^"]*"|'[^']*')/g;

/** How a placeholder of a part is written, or why it cannot stand there. */
function placeIn({ index, groups = {}, 0: all }: RegExpExecArray, start: number): { write: Write } | string {
  if (groups['text'] !== undefined) return { write: writes.text };
  for (const [name, what] of Object.entries(closedParts)) {
    if (groups[name] !== undefined) return `${what} takes no placeholder`;
  }
  const own = [...all.matchAll(attribute)].find((one) => {
    const end = index + one.index + one[0].length;
    return end - one.groups!['value']!.length < start && start < end;
  });
  if (!own) return 'a placeholder in a tag must stand in the quotes of an attribute';
  if (/^xmlns(?::|$)/.test(own.groups!['name']!)) return 'the declaration of a namespace takes no placeholder';
  return { write: writes.attribute };
}
