import type { LastAttemptView } from '#contracts/rest-api';
import { attemptReason } from '../../components/reasons.ts';

/** The last error of a waiting execution in words: what it means, and what the target said. */
export function lastErrorOf({ reason, response, message }: LastAttemptView): string {
  const meaning = attemptReason(reason)?.meaning ?? '';
  const said = response === '' ? (message ?? '') : response;
  return [meaning, said].filter((part) => part !== '').join(' ');
}
