import type { Json } from '#contracts';
import { jsonWithoutTexts, type Redaction } from '#redaction';
import { jsonText } from '../http/json-text.ts';

/**
 * What was kept of an answer, as it is shown: without the values of redacted fields, of its own and of the event's,
 * which a target may have repeated under another name.
 *
 * @param values A JSON object; null or absent when nothing was kept.
 * @param hidden Texts of redacted fields of the event, in all spellings.
 */
export function shownKept(values: string | null | undefined, hidden: readonly string[], redaction: Redaction): Json {
  const shown = values == null ? undefined : jsonWithoutTexts(redaction.json(values), hidden);
  return shown === undefined ? null : jsonText(shown);
}
