import { taskTypes, type TaskType } from './task.ts';

/**
 * What an HTTP target answered. The body is read in the charset that it says it is in, with U+FFFD for bytes that are
 * no text.
 */
export interface HttpResponseRecord {
  status: number;
  headers: Record<string, string>;
  body: string;
  /** True when the reply was longer than what is kept. */
  truncated: boolean;
}

/** How a script ended and what it printed. */
export interface ScriptResultRecord {
  exitCode: number | null;
  signal: string | null;
  stdout: string;
  stderr: string;
  truncated: boolean;
}

/** What the mail server answered to a message. */
export interface EmailAnswer {
  /** The reply code of SMTP that decided; null where the connection ended before there was one. */
  code: number | null;
  /** The reply's text, with its code in front. */
  response: string;
  /** Addresses that the server took the message for, and those that it did not. */
  accepted: string[];
  rejected: string[];
  /** The `Message-ID`, the same for every attempt. */
  messageId: string;
}

/** How much of a reply, and of stdout and stderr each, is kept. */
export const maxKeptResponseBytes = 64 * 1024;

/** The answer that each type of task gets. */
export interface Answers {
  script: ScriptResultRecord;
  http: HttpResponseRecord;
  email: EmailAnswer;
}

export type Answer<T extends TaskType = TaskType> = Answers[T];

/** What the journal keeps of the other side's answer, below the type of the task. */
export type AttemptResponse = { [T in TaskType]?: Answer<T> };

/** The answer in a response, with the type of the task that got it; undefined when there was none. */
export function answerIn(response: AttemptResponse): { type: TaskType; answer: Answer } | undefined {
  for (const type of taskTypes) {
    const answer = response[type];
    if (answer) return { type, answer };
  }
  return undefined;
}

/** Changes the texts of the other side. */
export interface TextChange {
  /** @param truncated Whether the text was cut at its end. */
  text(text: string, truncated: boolean): string;
  headers(headers: Record<string, string>): Record<string, string>;
}

type Change<T extends TaskType = TaskType> = (answer: Answer<T>, to: TextChange) => Answer<T>;

/** What of the answers to each type of task is a text of the other side. */
const changes: { readonly [T in TaskType]: Change<T> } = {
  script: (answer, to) => ({
    ...answer,
    stdout: to.text(answer.stdout, answer.truncated),
    stderr: to.text(answer.stderr, answer.truncated),
  }),
  http: (answer, to) => ({
    ...answer,
    headers: to.headers(answer.headers),
    body: to.text(answer.body, answer.truncated),
  }),
  email: (answer, to) => ({ ...answer, response: to.text(answer.response, false) }),
};

/** A response with each text of the other side changed, for instance with secrets hidden. */
export function withTexts(response: AttemptResponse, to: TextChange): AttemptResponse {
  const changed = taskTypes.flatMap((type) => {
    const answer = response[type];
    return answer ? [[type, (changes[type] as Change)(answer, to)]] : [];
  });
  return Object.fromEntries(changed) as AttemptResponse;
}
