import { answerIn, type AttemptResponse } from '#contracts';
import type { Redaction } from '#redaction';
import { taskTypeEntry } from '../handlers/tasks/task-types.ts';

const longest = 200;

/**
 * An answer in a line: the status and the beginning of the body, or the exit code and the beginning of what was
 * printed, which is what stderr says where a script failed. Without an answer, what went wrong. Values of redacted
 * fields are hidden.
 */
export function responseSummary(response: AttemptResponse, message: string | null, redaction: Redaction): string {
  const shown = (text: string): string => redaction.text(beginning(text));
  const found = answerIn(response);
  return shorten(found ? taskTypeEntry(found.type).summary(found.answer, shown) : shown(message ?? ''));
}

/** Far more than is shown, so that a long answer is not gone through for nothing. */
function beginning(text: string): string {
  return text.slice(0, 10 * longest);
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest - 1).toWellFormed()}…` : line;
}
