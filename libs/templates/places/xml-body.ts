import { Fault } from '#conditions';
import { refuseBehind, type Placeholder } from '../scan.ts';
import { TemplateFault } from '../template-fault.ts';
import { asText, type Place, type Write } from './place.ts';
import { mostBodyBytes } from './plain.ts';

/** What XML 1.0 cannot hold, however it is written. */
const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;
/** White space in an attribute would become spaces, and a carriage return a line feed. */
const special = { text: /[&<>"'\r]/g, attribute: /[&<>"'\r\n\t]/g };

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
    return new Scanner(text, placeholders).document().map((place) => writes[place]);
  },
};

/** What has an end of its own, and takes no placeholder. */
const sections = [
  { begin: '<!--', end: '-->', name: 'a comment' },
  { begin: '<![CDATA[', end: ']]>', name: 'a CDATA section' },
  { begin: '<?', end: '?>', name: 'a processing instruction' },
  { begin: '<!', end: '>', name: 'a declaration' },
] as const;

const name = /[^\s/><="'{&]+/y;
const space = /\s*/y;

/** Looks for the places of placeholders in a document, and for tags that do not fit each other. */
class Scanner {
  readonly #text: string;
  readonly #placeholders: readonly Placeholder[];
  readonly #places: (keyof typeof writes)[] = [];
  readonly #open: { readonly name: string; readonly start: number }[] = [];
  #hasRoot = false;
  #at = 0;

  constructor(text: string, placeholders: readonly Placeholder[]) {
    this.#text = text;
    this.#placeholders = placeholders;
  }

  document(): readonly (keyof typeof writes)[] {
    while (this.#at < this.#text.length) {
      if (this.#placeholder()) this.#take('text');
      else if (this.#text[this.#at] === '<') this.#markup();
      else this.#at++;
    }
    const unclosed = this.#open.at(-1);
    if (unclosed) this.#fail(`<${unclosed.name}> is not closed`, unclosed.start);
    if (!this.#hasRoot) this.#fail('it must be XML, with an element around all else', 0);
    return this.#places;
  }

  /** The placeholder that begins here. */
  #placeholder(): Placeholder | undefined {
    const next = this.#placeholders[this.#places.length];
    return next?.start === this.#at ? next : undefined;
  }

  #take(place: keyof typeof writes): void {
    const { start, end } = this.#placeholder()!;
    if (this.#open.length === 0 && place === 'text') this.#fail('a placeholder must stand within an element', start);
    this.#places.push(place);
    this.#at = end;
  }

  #markup(): void {
    const section = sections.find(({ begin }) => this.#text.startsWith(begin, this.#at));
    if (section) this.#section(section);
    else if (this.#text[this.#at + 1] === '/') this.#closingTag();
    else this.#openingTag();
  }

  #section({ begin, end, name: what }: (typeof sections)[number]): void {
    const close = this.#text.indexOf(end, this.#at + begin.length);
    const next = this.#placeholders[this.#places.length];
    if (next && (close === -1 || next.start < close)) this.#fail(`${what} takes no placeholder`, next.start);
    if (close === -1) this.#fail(`${what} is not closed`, this.#at);
    this.#at = close + end.length;
  }

  #closingTag(): void {
    const start = this.#at;
    this.#at += 2;
    const closed = this.#name('the name of an element');
    this.#skip(space);
    if (this.#text[this.#at] !== '>') this.#fail(`</${closed} is not closed`, start);
    this.#at++;
    const opened = this.#open.pop();
    if (opened?.name === closed) return;
    this.#fail(opened ? `</${closed}> closes <${opened.name}>` : `</${closed}> closes nothing`, start);
  }

  #openingTag(): void {
    const start = this.#at;
    if (this.#hasRoot && this.#open.length === 0) this.#fail('a document has one element around all else', start);
    this.#at++;
    const opened = this.#name('the name of an element');
    this.#hasRoot = true;
    this.#open.push({ name: opened, start });
    for (;;) {
      this.#skip(space);
      if (this.#text.startsWith('/>', this.#at)) {
        this.#open.pop();
        this.#at += 2;
        return;
      }
      if (this.#text[this.#at] === '>') {
        this.#at++;
        return;
      }
      if (this.#at >= this.#text.length) this.#fail(`<${opened} is not closed`, start);
      this.#attribute();
    }
  }

  #attribute(): void {
    const start = this.#at;
    const attribute = this.#name('the name of an attribute');
    this.#skip(space);
    if (this.#text[this.#at] !== '=') this.#fail(`the attribute ${attribute} has no value`, start);
    this.#at++;
    this.#skip(space);
    if (this.#placeholder()) this.#fail('a placeholder in a tag must stand in quotes', this.#at);
    const quote = this.#text[this.#at];
    if (quote !== '"' && quote !== "'") this.#fail(`the value of ${attribute} must stand in quotes`, this.#at);
    this.#at++;
    while (this.#text[this.#at] !== quote) {
      if (this.#at >= this.#text.length) this.#fail(`the value of ${attribute} is not closed`, start);
      if (this.#placeholder()) this.#take('attribute');
      else if (this.#text[this.#at] === '<') this.#fail('an attribute cannot have <; write &lt;', this.#at);
      else this.#at++;
    }
    this.#at++;
  }

  #name(what: string): string {
    const start = this.#at;
    const found = this.#skip(name);
    if (this.#placeholder()) this.#fail(`${what} takes no placeholder`, this.#at);
    return found === '' ? this.#fail(`${what} is missing`, start) : found;
  }

  #skip(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const [found = ''] = pattern.exec(this.#text) ?? [];
    this.#at += found.length;
    return found;
  }

  #fail(what: string, place: number): never {
    throw new TemplateFault(what, this.#text, place);
  }
}
