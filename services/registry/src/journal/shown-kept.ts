import type { Kept } from '#conditions';
import type { Json } from '#contracts';
import { jsonWithoutMembers, jsonWithoutTexts, type Redaction } from '#redaction';
import { jsonText } from '../http/json-text.ts';

/**
 * What was kept of an answer, as it is shown: without the values of redacted fields, of the answer and of the event,
 * which a target may have repeated under another name.
 *
 * @param kept Null when nothing was kept.
 * @param hidden Texts of redacted fields of the event, in all spellings.
 */
export function shownKept(
  kept: Pick<Kept, 'values' | 'redacted'> | null,
  hidden: readonly string[],
  redaction: Redaction,
): Json {
  if (!kept) return null;
  const values = jsonWithoutMembers(redaction.json(kept.values), kept.redacted ?? []);
  const shown = jsonWithoutTexts(values, hidden);
  return shown === undefined ? null : jsonText(shown);
}
