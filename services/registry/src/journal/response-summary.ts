import { answerIn, type Answer, type AttemptResponse, type TaskType } from '#contracts';
import type { Redaction } from '#redaction';

const longest = 200;

type Summarize<T extends TaskType = TaskType> = (answer: Answer<T>, shown: (text: string) => string) => string;

/** The answer to each type of task in a line; `shown` shortens a text and hides what is redacted. */
const summaries: { readonly [T in TaskType]: Summarize<T> } = {
  script: ({ exitCode, signal, stdout, stderr }, shown) => {
    const end = signal === null ? `exit ${exitCode ?? '?'}` : `signal ${signal}`;
    return `${end} ${shown(stdout.trim() === '' ? stderr : stdout)}`;
  },
  http: ({ status, body }, shown) => `${status} ${shown(body)}`,
  email: ({ response }, shown) => shown(response),
};

/**
 * An answer in a line: the status and the beginning of the body, or the exit code and the beginning of what was
 * printed, or else what went wrong; without the values of redacted fields.
 */
export function responseSummary(response: AttemptResponse, message: string | null, redaction: Redaction): string {
  const shown = (text: string): string => redaction.text(beginning(text));
  const found = answerIn(response);
  return shorten(found ? (summaries[found.type] as Summarize)(found.answer, shown) : shown(message ?? ''));
}

/** Far more than is shown, so that a long answer is not gone through for nothing. */
function beginning(text: string): string {
  return text.slice(0, 10 * longest);
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest - 1).toWellFormed()}…` : line;
}
