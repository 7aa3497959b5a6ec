import { secretMark } from '#contracts';
import type { AttemptResult } from './outcome.ts';

/** Shorter ones turn up by chance, and would make holes in what is of use. */
const shortest = 6;

/**
 * The texts by which a secret could be known again: itself, the credentials behind an authentication scheme, the password in
 * those of `Basic`, and each as JSON and as a URL write it.
 */
export function spellings(secret: string): string[] {
  const [, scheme = '', credentials = ''] = /^([A-Za-z][\w-]*)\s+(\S.*)$/.exec(secret) ?? [];
  const pair = scheme.toLowerCase() === 'basic' ? Buffer.from(credentials, 'base64').toString('utf8') : '';
  const password = pair.slice(pair.indexOf(':') + 1);
  const written = [secret, credentials, pair, password].flatMap((text) => [
    text,
    JSON.stringify(text).slice(1, -1),
    encodeURIComponent(text),
  ]);
  return [...new Set(written)].filter((text) => text.length >= shortest);
}

/** A text with `***` in the place of what is to be hidden. */
export function concealed(text: string, hidden: readonly string[] = []): string {
  const sought = hidden.filter((each) => text.includes(each)).sort((a, b) => b.length - a.length);
  return sought.reduce((rest, each) => rest.replaceAll(each, secretMark), text);
}

/**
 * What came of a call, with `***` in the place of what is to be hidden: a target may repeat what it was sent, in its answer as
 * in an error.
 */
export function conceal(result: AttemptResult, hidden: readonly string[] = []): AttemptResult {
  if (hidden.length === 0) return result;
  const { outcome, response } = result;
  const { http, script } = response;
  const said = (text: string, truncated: boolean): string =>
    truncated ? concealedEnd(concealed(text, hidden), hidden) : concealed(text, hidden);
  return {
    outcome: outcome.kind === 'success' ? outcome : { ...outcome, message: concealed(outcome.message, hidden) },
    response: {
      ...(http && {
        http: { ...http, headers: concealedHeaders(http.headers, hidden), body: said(http.body, http.truncated) },
      }),
      ...(script && {
        script: {
          ...script,
          stdout: said(script.stdout, script.truncated),
          stderr: said(script.stderr, script.truncated),
        },
      }),
    },
  };
}

function concealedHeaders(headers: Record<string, string>, hidden: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, concealed(value, hidden)]));
}

/** Where a text was cut, a secret may have been: what of it is left is hidden as well. */
function concealedEnd(text: string, hidden: readonly string[]): string {
  const left = Math.max(...hidden.map((each) => cutLength(text, each)));
  return left === 0 ? text : `${text.slice(0, -left)}${secretMark}`;
}

/** How much of the beginning of a secret the text ends with, where that is more than chance. */
function cutLength(text: string, secret: string): number {
  for (let length = Math.min(secret.length - 1, text.length); length >= shortest; length -= 1) {
    if (text.endsWith(secret.slice(0, length))) return length;
  }
  return 0;
}
