import { withTexts, type AttemptResponse } from '#contracts';
import type { Redaction } from '#redaction';

/** The texts of an attempt, as the journal has them: raw. */
export interface AttemptTexts {
  readonly message: string | null;
  /** The target's answer as JSON. */
  readonly response: string;
}

/**
 * Finds a text, whatever its case, in what is shown of attempts: their messages, and what targets answered or scripts
 * printed. A match counts only where redaction leaves it, so that no hidden value can be guessed.
 */
export class TextMatch {
  readonly #shown: RegExp;
  readonly #written: RegExp;
  readonly #redaction: Redaction;

  /** @param text Without control characters. */
  constructor(text: string, redaction: Redaction) {
    this.#shown = literal(text);
    // In JSON, quotes and backslashes have a backslash before them.
    this.#written = literal(JSON.stringify(text).slice(1, -1));
    this.#redaction = redaction;
  }

  /** Whether the text is in one of the texts of an attempt as they are shown. */
  matches({ message, response }: AttemptTexts): boolean {
    return (message !== null && this.#isIn(message)) || this.#isInAnswer(response);
  }

  #isInAnswer(response: string): boolean {
    // Nearly every answer is done with after this look.
    if (!this.#written.test(response)) return false;
    let found = false;
    withTexts(JSON.parse(response) as AttemptResponse, {
      text: (text) => {
        found ||= this.#isIn(text);
        return text;
      },
      headers: (headers) => headers,
    });
    return found;
  }

  #isIn(text: string): boolean {
    return this.#shown.test(text) && this.#shown.test(this.#redaction.text(text));
  }
}

/** An expression that finds a text as it is, whatever its case. */
function literal(text: string): RegExp {
  return new RegExp(text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'iu');
}
