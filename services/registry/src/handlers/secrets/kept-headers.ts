import { secretHeadersOf, secretMark, secretSlots, type FieldError } from '#contracts';
import type { KeptSecrets, SecretKeeping } from './kept-secrets.ts';

interface GivenHeaders {
  readonly headers: Readonly<Record<string, string>>;
  /** Further headers with secret values, as they were given. */
  readonly secretHeaders: readonly string[];
  /** What stands before the names of fields in errors: `task.`, or nothing. */
  readonly prefix: string;
}

/** Headers as they are kept: those with secret values are among the secrets, and have `***` in their places. */
export function keptHeaders(
  { headers, secretHeaders: named, prefix }: GivenHeaders,
  kept: KeptSecrets,
  keeping: SecretKeeping,
): { headers: Record<string, string>; secretHeaders: string[] } {
  const field = `${prefix}headers`;
  const secretHeaders = secretHeadersOf({ headers, secretHeaders: [...named] });
  const unknown = unknownNames(named, headers);
  kept.faults.push(...unknown.map((message) => ({ field: `${prefix}secretHeaders`, message })));
  kept.faults.push(...uncovered(headers, secretHeaders, keeping).map((message): FieldError => ({ field, message })));
  for (const [name, value] of Object.entries(headers)) {
    if (!secretHeaders.includes(name.toLowerCase())) continue;
    const unkept = { field, subject: `header ${name}` };
    kept.add({ slot: secretSlots.header(name), value, field: `${field}.${name}`, unkept });
  }
  return { headers: marked(headers, secretHeaders), secretHeaders };
}

function unknownNames(named: readonly string[], headers: GivenHeaders['headers']): string[] {
  const names = Object.keys(headers).map((name) => name.toLowerCase());
  return named
    .filter((name) => !names.includes(name.toLowerCase()))
    .map((name) => `${JSON.stringify(name)} is not one of the headers`);
}

/** What was secret cannot stop being so without being given: the mark would be sent in its place. */
function uncovered(headers: GivenHeaders['headers'], secret: readonly string[], { current }: SecretKeeping): string[] {
  return Object.entries(headers)
    .filter(([name, value]) => value === secretMark && !secret.includes(name.toLowerCase()))
    .filter(([name]) => current?.secrets[secretSlots.header(name)] !== undefined)
    .map(([name]) => `header ${name} is stored as a secret: name it in secretHeaders, or give its value`);
}

/** Headers with `***` in the place of the values of those that are named, in lower case. */
function marked(headers: GivenHeaders['headers'], names: readonly string[]): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [
    name,
    names.includes(name.toLowerCase()) ? secretMark : value,
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}
