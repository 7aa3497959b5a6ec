import { looksSecret, secretMark } from '#contracts';

/**
 * A JSON copy of a value with masked secrets: by the name of a field or header, and passwords within a URL. That a
 * value exists stays visible; an empty text is not masked.
 */
export function masked(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value === 'string') return maskedUrl(value);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .map(([name, field]) => [name, hides(name, field) ? secretMark : masked(field)]),
  );
}

/** An address, which people need to see; what gives access within it is masked as in any URL. */
const addressOfTokens = 'tokenUrl';

function hides(name: string, value: unknown): boolean {
  return name !== addressOfTokens && looksSecret(name) && value !== null && value !== '';
}

/** Any text that is no URL with a host stays as it is. */
function maskedUrl(text: string): string {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text) || !URL.canParse(text)) return text;
  const url = new URL(text);
  const secretParameters = [...url.searchParams.keys()].filter(looksSecret);
  if (url.username === '' && url.password === '' && secretParameters.length === 0) return text;
  // Some put a token where the name of a user would be.
  if (url.username !== '') url.username = secretMark;
  if (url.password !== '') url.password = secretMark;
  for (const name of secretParameters) url.searchParams.set(name, secretMark);
  return url.href;
}
