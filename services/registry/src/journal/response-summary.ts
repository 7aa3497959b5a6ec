import type { AttemptResponse } from '#contracts';

const longest = 200;

/**
 * An answer in a line: the status and the beginning of the body, or the exit code and the beginning of what was printed, or
 * else what went wrong.
 */
export function responseSummary({ http, script }: AttemptResponse, message: string | null): string {
  if (http) return shorten(`${http.status} ${http.body}`);
  if (script) {
    const end = script.signal === null ? `exit ${script.exitCode ?? '?'}` : `signal ${script.signal}`;
    return shorten(`${end} ${script.stdout.trim() === '' ? script.stderr : script.stdout}`);
  }
  return shorten(message ?? '');
}

function shorten(text: string): string {
  // Far more than is shown, so that the white space of a long answer is not gone through for nothing.
  const line = text
    .slice(0, 10 * longest)
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > longest ? `${line.slice(0, longest - 1).toWellFormed()}…` : line;
}
