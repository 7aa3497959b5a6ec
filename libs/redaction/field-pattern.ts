/** What stands in place of a value that is not shown. */
export const mask = '***';

/** Long enough for any name, and short enough that looking at it costs nothing. */
const longestName = 1024;
/** The limit of remembered names: more than exist, unless an attacker invents them. */
const mostKnown = 1_000;
const longestKnown = 64;

/** What a payload is searched for unless something else is said. */
export const defaultRedactedFields: readonly string[] = [
  '*password*',
  '*passwd*',
  '*passphrase*',
  '*secret*',
  '*token*',
  '*credential*',
  '*api_key*',
  '*private_key*',
  '*authorization*',
  '*cookie*',
  'pwd',
  'pin',
  'puk',
  'cvv',
  'cvc',
];

/** Whether a text can stand for names of fields: it has something in it besides `*`, `-` and `_`. */
export function isFieldPattern(text: string): boolean {
  return /^[\p{L}\p{N}_.*-]+$/u.test(text) && /[\p{L}\p{N}]/u.test(text);
}

/**
 * A function that tells whether a name fits one of the patterns. Names are compared without case, `-` and `_`, so that
 * `auth_password` is also `authPassword` and `Auth-Password`; a `*` stands for any characters.
 */
export function nameMatcher(patterns: readonly string[]): (name: string) => boolean {
  const parts = patterns.map((pattern) => folded(pattern).split('*'));
  // Every event has the same few names.
  const known = new Map<string, boolean>();
  return (name) => {
    const seen = known.get(name);
    if (seen !== undefined) return seen;
    const text = folded(name.slice(0, longestName));
    const matches = parts.some((pattern) => fits(text, pattern));
    // A copy: as a part of the event that it came with, it would keep all of that in memory.
    if (known.size < mostKnown && name.length <= longestKnown) known.set(Buffer.from(name).toString(), matches);
    return matches;
  };
}

/**
 * An expression that finds something in every text that has a name in it which fits one of the patterns, unless the
 * text writes letters as `\\u` and their numbers. It may find something in others too: it is for not looking closer at
 * those in which there is nothing.
 */
export function nameFinder(patterns: readonly string[]): RegExp {
  const longestParts = patterns.map((pattern) =>
    folded(pattern)
      .split('*')
      .reduce((longest, part) => (part.length > longest.length ? part : longest)),
  );
  const spelled = longestParts.map((part) => Array.from(part, (letter) => letter.replace(/\./, '\\.')).join('[-_]*'));
  return new RegExp(spelled.join('|'), 'iu');
}

function folded(name: string): string {
  return name.toLowerCase().replace(/[-_]/g, '');
}

/** Without a regular expression: several `*` in one would take time without end on a name that is made for it. */
function fits(text: string, [first = '', ...others]: readonly string[]): boolean {
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of others) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
