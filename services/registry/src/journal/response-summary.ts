import type { AttemptResponse } from '#contracts';
import type { Redaction } from '#redaction';

const longest = 200;

/**
 * An answer in a line: the status and the beginning of the body, or the exit code and the beginning of what was printed, or
 * else what went wrong; without the values of redacted fields.
 */
export function responseSummary(
  { http, script }: AttemptResponse,
  message: string | null,
  redaction: Redaction,
): string {
  const shown = (text: string): string => redaction.text(beginning(text));
  if (http) return shorten(`${http.status} ${shown(http.body)}`);
  if (script) {
    const end = script.signal === null ? `exit ${script.exitCode ?? '?'}` : `signal ${script.signal}`;
    return shorten(`${end} ${shown(script.stdout.trim() === '' ? script.stderr : script.stdout)}`);
  }
  return shorten(shown(message ?? ''));
}

/** Far more than is shown, so that a long answer is not gone through for nothing. */
function beginning(text: string): string {
  return text.slice(0, 10 * longest);
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest - 1).toWellFormed()}…` : line;
}
