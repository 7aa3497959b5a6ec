import { lastingText, noticesOf, troublePage, type Notice, type NoticeType, type TroubleKind } from '#contracts';
import type { Telling, Trouble } from './trouble.ts';

/** What is said when a trouble is over. */
const endWords: Readonly<Record<TroubleKind, string>> = {
  failure: 'No failure of the handler is open any more.',
  circuit: 'Calls succeed again, or nothing waits for them any more.',
  key: 'No key waits too long for the handler any more.',
  rejected: '',
  executor: '',
  executors: 'An executor runs again.',
};

/** Characters of a message in a notice; the journal has the rest. */
const longestMessage = 1_000;

/** A notice that is to be sent, as the outbox has it. */
export interface OutgoingNotice {
  /** Of its event. */
  readonly id: string;
  readonly type: NoticeType;
  readonly data: Notice;
}

/** How notices are written. */
export interface NoticeStyle {
  /** What links begin with; undefined: they are paths. */
  readonly publicUrl: string | undefined;
  /** Hides what is not shown of a text. */
  readonly hide: (text: string) => string;
}

/** The notice that tells of a trouble; undefined where its kind tells of no end. */
export function noticeOf(trouble: Trouble, telling: Telling, style: NoticeStyle): OutgoingNotice | undefined {
  const { begins, ends } = noticesOf[trouble.kind];
  const isEnd = telling.tells === 'end';
  const type = isEnd ? ends : begins;
  if (type === null) return undefined;
  return {
    id: `${trouble.id}-${telling.sequence}`,
    type,
    data: {
      subject: trouble.subject,
      since: trouble.since.toISOString(),
      count: telling.count,
      reason: isEnd ? null : trouble.reason,
      message: isEnd ? endWords[trouble.kind] : shortened(style.hide(trouble.message)),
      lasting: lastingText(telling.lastedMs),
      link: `${style.publicUrl ?? ''}${troublePage(trouble.kind, trouble.subject)}`,
      first: trouble.first,
    },
  };
}

/** The event of a notice, in the native format. */
export function noticeBody({ id, type, data }: OutgoingNotice, at: Date): string {
  const event = { id, dt: at.toISOString(), events_id: type, object_id: data.subject.id };
  return JSON.stringify({ event, data });
}

function shortened(text: string): string {
  return text.length > longestMessage ? `${text.slice(0, longestMessage - 1).toWellFormed()}…` : text;
}
