import type { ReactNode } from 'react';
import {
  answerIn,
  secretMark,
  taskTraits,
  taskTypes,
  type Answer,
  type AttemptResponse,
  type TaskType,
} from '#contracts';
import type { HandlerView } from '#contracts/rest-api';
import { TargetLink } from './TargetLink.tsx';
import { MonoLines } from './MonoLines.tsx';

type TaskViews = { [T in TaskType]: Extract<HandlerView['task'], { type: T }> };
export type TaskView<T extends TaskType = TaskType> = TaskViews[T];

/** A text of the other side: with a short title, and with a label that stands alone. */
interface ShownText {
  readonly title: string;
  readonly label: string;
  readonly text: string;
  /** Whether only its beginning is kept. */
  readonly isCut: boolean;
  /** It is data rather than lines for people. */
  readonly isData?: true;
}

/** An answer of the other side, as it is shown. */
interface ShownAnswer {
  /** How it ended: as a fact with a name, and in words. */
  readonly end: { readonly name: string; readonly value: string; readonly words: string };
  readonly texts: readonly ShownText[];
  /** Each as a line. */
  readonly headers?: readonly string[];
}

/** How one type of task is shown. */
interface TaskTypeEntry<T extends TaskType = TaskType> {
  /** The type in a list, with the address or path of the task. */
  kind(task: TaskView<T>): string;
  /**
   * What is called, in a line.
   *
   * @param targetName Of the target that the task names.
   */
  target(task: TaskView<T>, targetName: string | undefined): string;
  /** The part of {@link target} that may be cut first, with what stays: the host of a URL, and its path. */
  parts(task: TaskView<T>, targetName: string | undefined): readonly [cut: string, kept: string];
  /** What an executor does to it: it "calls" or "runs" {@link subject}. */
  readonly verb: string;
  subject(task: TaskView<T>, targetName: string | undefined): string;
  /** All fields of the task, by name; false ones are left out. */
  settings(task: TaskView<T>): Readonly<Record<string, ReactNode>>;
  answer(answer: Answer<T>): ShownAnswer;
}

const entries: { readonly [T in TaskType]: TaskTypeEntry<T> } = {
  script: {
    kind: ({ mode }) => `${taskTraits.script.label}${mode === 'persistent' ? ', persistent' : ''}`,
    target: ({ path, args }) => [path, ...args].join(' '),
    parts: ({ path, args }) => ['', [path, ...args].join(' ')],
    verb: 'runs',
    subject: ({ path }) => path,
    settings: ({ path, args, mode }) => ({
      Script: <span className="mono">{path}</span>,
      Arguments: args.length > 0 && <MonoLines lines={args} />,
      Mode: mode === 'once' ? 'Once: one process per event' : 'Persistent: one process for many events',
    }),
    answer: ({ exitCode, signal, stdout, stderr, truncated }) => ({
      end:
        signal === null
          ? { name: 'Exit code', value: String(exitCode ?? '?'), words: `Exit code ${exitCode ?? '?'}` }
          : { name: 'Signal', value: signal, words: `Ended by ${signal}` },
      texts: [
        { title: 'stdout', label: 'Standard output', text: stdout, isCut: truncated },
        { title: 'stderr', label: 'Standard error', text: stderr, isCut: truncated },
      ],
    }),
  },
  http: {
    kind: ({ method }) => `${taskTraits.http.label} ${method}`,
    target: addressOf,
    parts: ({ url, path: ofTarget = '' }, targetName = '') => {
      if (url === undefined) return [targetName, ofTarget];
      const [, host = url, path = ''] = /^(?:https?:\/\/)?([^/?#]*)(.*)$/s.exec(url) ?? [];
      return [host, path];
    },
    verb: 'calls',
    subject: addressOf,
    settings({ method, url, target, path = '', headers, tls = {}, body, contentType = 'application/json' }) {
      const lines = Object.entries(headers).map(
        ([name, value]) => `${name}: ${value === secretMark ? `${secretMark} (stored)` : value}`,
      );
      const certificates = [
        tls.ca !== undefined && 'own CA certificates',
        tls.certificate !== undefined && 'client certificate',
      ].filter((each) => each !== false);
      return {
        URL: url !== undefined && (
          <span className="mono">
            {method} {url}
          </span>
        ),
        Target: target !== undefined && <TargetLink id={target} />,
        Call: target !== undefined && <span className="mono">{`${method} ${path}`.trimEnd()}</span>,
        Headers: lines.length > 0 && <MonoLines lines={lines} />,
        Body: body !== undefined && <MonoLines lines={[`${contentType}:`, ...body.split('\n')]} />,
        Certificates: certificates.length > 0 && certificates.join(', '),
      };
    },
    answer: ({ status, headers, body, truncated }) => ({
      end: { name: 'Response status', value: String(status), words: `Status ${status}` },
      texts: [{ title: 'Body', label: 'Response body', text: body, isCut: truncated, isData: true }],
      headers: Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    }),
  },
  email: {
    kind: () => taskTraits.email.label,
    target: ({ to }) => to.join(', '),
    parts: ({ to }) => ['', to.join(', ')],
    verb: 'writes to',
    subject: ({ to }) => to.join(', '),
    settings: ({ to, cc, subject, text }) => ({
      To: <MonoLines lines={to} />,
      Cc: cc.length > 0 && <MonoLines lines={cc} />,
      Subject: subject,
      Text: <MonoLines lines={text.split('\n')} />,
    }),
    answer: ({ code, response, accepted, rejected, messageId }) => ({
      end: { name: 'Reply code', value: String(code ?? '?'), words: `Reply ${code ?? '?'}` },
      texts: [{ title: 'Reply', label: 'Reply of the mail server', text: response, isCut: false }],
      headers: [
        `Message-ID: ${messageId}`,
        ...(accepted.length > 0 ? [`Accepted: ${accepted.join(', ')}`] : []),
        ...(rejected.length > 0 ? [`Rejected: ${rejected.join(', ')}`] : []),
      ],
    }),
  },
};

/** The URL of an HTTP task, or its target and path. */
function addressOf({ url, path = '' }: TaskView<'http'>, targetName = ''): string {
  return url ?? `${targetName} ${path}`.trimEnd();
}

/** How a task is shown; it is asked about tasks of this type. */
export function taskTypeEntry(type: TaskType): TaskTypeEntry {
  return entries[type];
}

/** What the other side answered; undefined when it did not. */
export function shownAnswer(response: AttemptResponse): ShownAnswer | undefined {
  const found = answerIn(response);
  return found && taskTypeEntry(found.type).answer(found.answer);
}

/** For a filter by the type of task. */
export const taskTypeChoices = [
  { value: '', label: 'Any' },
  ...taskTypes.map((type) => ({ value: type, label: taskTraits[type].label })),
];
