/** What a search box asks for, as the address has it: a text, or the value of an indexed field. */
export interface Searched {
  q?: string | undefined;
  /** `field:value` */
  lookup?: string | undefined;
}

/** What a person has typed: a look-up when it begins with an indexed field and a colon, and otherwise a text. */
export function readSearched(text: string, fields: readonly string[]): Searched {
  const wanted = text.trim();
  if (wanted === '') return { q: undefined, lookup: undefined };
  const isLookup = fields.some((field) => [field, `data.${field}`].some((name) => hasValueOf(wanted, name)));
  return isLookup ? { q: undefined, lookup: wanted } : { q: wanted, lookup: undefined };
}

function hasValueOf(text: string, field: string): boolean {
  return text.startsWith(`${field}:`) && text.length > field.length + 1;
}

/** The look-ups that a text can be meant as: of each indexed field, unless it names one already. */
export function lookupsFor(text: string, fields: readonly string[]): { field: string; lookup: string }[] {
  const { q } = readSearched(text, fields);
  return q === undefined ? [] : fields.map((field) => ({ field, lookup: `${field}:${q}` }));
}

/** Why a text may not be found; undefined where no text was searched. */
export function searchNote({ q }: Searched, isAnyTime: boolean): string | undefined {
  if (q === undefined || !isAnyTime) return undefined;
  return 'Answers and messages of the last day were searched. Choose a time to search further back.';
}
