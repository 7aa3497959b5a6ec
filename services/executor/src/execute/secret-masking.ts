import type { Kept } from '#conditions';
import { memberTexts, secretMark, withTexts, type BillingEvent, type TextChange } from '#contracts';
import { answerValue, type AnswerRules } from '#outcomes';
import { textsOf, xmlSpellingsOf, type Redaction } from '#redaction';
import type { AttemptResult, Outcome } from '../call/outcome.ts';

/** Shorter values occur by chance, and masking them would damage useful text. */
const shortest = 6;

/**
 * The texts by which a secret could be known again: itself, the credentials behind an authentication scheme, the
 * password in those of `Basic`, and each as JSON, a URL and XML write it.
 */
export function spellings(secret: string): string[] {
  const [, scheme = '', credentials = ''] = /^([A-Za-z][\w-]*)\s+(\S.*)$/.exec(secret) ?? [];
  const pair = scheme.toLowerCase() === 'basic' ? Buffer.from(credentials, 'base64').toString('utf8') : '';
  const password = pair.slice(pair.indexOf(':') + 1);
  const written = [secret, credentials, pair, password].flatMap((text) => [
    text,
    JSON.stringify(text).slice(1, -1),
    encodeURIComponent(text),
    ...xmlSpellingsOf(text),
  ]);
  return [...new Set(written)].filter((text) => text.length >= shortest);
}

/** A text with `***` in the place of what is to be hidden. */
export function masked(text: string, hidden: readonly string[] = []): string {
  const sought = hidden.filter((each) => text.includes(each)).sort((a, b) => b.length - a.length);
  return sought.reduce((rest, each) => rest.replaceAll(each, secretMark), text);
}

/** The result of a call, with secrets replaced by `***`: a target may repeat its request, in a response or an error. */
export function mask(result: AttemptResult, hidden: readonly string[] = []): AttemptResult {
  if (hidden.length === 0) return result;
  const { outcome, ...rest } = result;
  const change: TextChange = {
    text: (text, truncated) => (truncated ? maskedEnd(masked(text, hidden), hidden) : masked(text, hidden)),
    headers: (headers) => maskedHeaders(headers, hidden),
  };
  return {
    ...rest,
    outcome: withMessage(outcome, (message) => masked(message, hidden)),
    response: withTexts(result.response, change),
  };
}

function withMessage(outcome: Outcome, change: (message: string) => string): Outcome {
  return outcome.message === undefined ? outcome : { ...outcome, message: change(outcome.message) };
}

function maskedHeaders(headers: Record<string, string>, hidden: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, masked(value, hidden)]));
}

/** Where a text was cut, a secret may have been: what of it is left is hidden as well. */
function maskedEnd(text: string, hidden: readonly string[]): string {
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

/** Characters. */
const shortBody = 4_096;

/**
 * What targets and scripts repeat of what they were given, and neither journal nor log is to have: secrets of the
 * handler, and values of redacted fields of the event, which may come back without their names.
 */
export class SecretMasking {
  readonly #redaction: Redaction;
  /** An event has several handlers, and each some attempts. */
  readonly #ofEvents = new WeakMap<BillingEvent, readonly string[]>();

  constructor(redaction: Redaction) {
    this.#redaction = redaction;
  }

  /** The result of a call, without them. */
  masked(result: AttemptResult, event: BillingEvent, hidden: readonly string[] = []): AttemptResult {
    if (!says(result)) return result;
    const texts = this.#textsOf(event);
    const tokens = result.secrets?.flatMap((secret) => spellings(secret)) ?? [];
    // Nearly always: there is nothing to hide, and nothing that may be cut.
    if (hidden.length + tokens.length + texts.length === 0 && result.outcome.message === undefined) return result;
    const { outcome, ...rest } = mask(result, [...hidden, ...tokens, ...texts]);
    // It may quote a line that was cut, and the rest of a value cannot be found.
    return { outcome: withMessage(outcome, (message) => this.#redaction.text(message)), ...rest };
  }

  /**
   * Says which values come from redacted fields: those whose expression names one, and those that have a text of one,
   * of this answer or of what was kept of earlier ones.
   *
   * @param sources Expressions by the names of the values.
   */
  marked(kept: Kept, sources: AnswerRules['sources'], { response }: AttemptResult, earlier: readonly string[]): Kept {
    const hidden = [...earlier, ...this.#textsOfAnswer(response)];
    const values = memberTexts(kept.values);
    const redacted = sources
      .filter(([name, source]) => {
        const value = values.get(name);
        return value !== undefined && (this.#redaction.mentions(source) || hidden.some((text) => value.includes(text)));
      })
      .map(([name]) => name);
    return redacted.length === 0 ? kept : { ...kept, redacted };
  }

  /** What stands in redacted fields of an answer, as JSON or as XML. */
  #textsOfAnswer({ http, script }: AttemptResult['response']): string[] {
    const text = http?.body ?? script?.stdout;
    if (text === undefined) return [];
    const values = http ? answerValue('http', http) : answerValue('script', script!);
    return [...this.#redaction.hiddenTexts(text), ...this.#redaction.hiddenTextsOf(values.get('xml'))];
  }

  #textsOf(event: BillingEvent): readonly string[] {
    const known = this.#ofEvents.get(event);
    if (known) return known;
    const texts = this.#redaction.hiddenTexts(event.body);
    // That a short body has none is found again faster than it is remembered.
    if (texts.length > 0 || event.body.length > shortBody) this.#ofEvents.set(event, texts);
    return texts;
  }
}

/** Texts of what was kept of redacted fields: a later handler may send them, and its target repeat them. */
export function keptTexts(results: readonly Kept[]): string[] {
  return results.flatMap(({ values, redacted = [] }) => {
    const members = redacted.length > 0 ? memberTexts(values) : undefined;
    return redacted.flatMap((name) => textsOf(members?.get(name) ?? 'null'));
  });
}

/** Most scripts say nothing when all went well, and then there is nothing to look for. */
function says({ outcome, response: { http, script } }: AttemptResult): boolean {
  return outcome.kind !== 'success' || http !== undefined || Boolean(script?.stdout) || Boolean(script?.stderr);
}
