import { lastingKinds, noticesOf, type NoticeType, type TroubleKind } from '#contracts';

/** A kind of trouble in words: to choose it, in a sentence that begins with "When", and its end. */
export interface TroubleWords {
  readonly label: string;
  readonly when: string;
  readonly over: string;
}

export const troubleWords: Readonly<Record<TroubleKind, TroubleWords>> = {
  failure: {
    label: 'A handler fails for good',
    when: 'a handler fails for good',
    over: 'no failure of the handler is open any more',
  },
  circuit: {
    label: 'A handler or target is down',
    when: 'most calls of a handler or target fail',
    over: 'calls of the handler or target succeed again',
  },
  key: {
    label: 'Events wait too long',
    when: 'events of a key wait too long',
    over: 'no events wait too long any more',
  },
  rejected: { label: 'A message is rejected', when: 'a message is rejected', over: '' },
  executor: { label: 'An executor is lost', when: 'an executor stops without saying so', over: '' },
  executors: { label: 'No executor runs', when: 'no executor runs', over: 'an executor runs again' },
};

export const troubleKinds = Object.keys(troubleWords) as TroubleKind[];

/** Whether the end of a trouble has a notice. */
export function hasEnd(kind: TroubleKind): boolean {
  return noticesOf[kind].ends !== null;
}

/** Whether a handler can wait for a trouble to last. */
export function canLast(kind: TroubleKind): boolean {
  return (lastingKinds as readonly TroubleKind[]).includes(kind);
}

/** What a type of notice tells, as the rest of a sentence that begins with "When". */
export function whenOf(type: NoticeType): string {
  const kind = troubleKinds.find((each) => noticesOf[each].begins === type || noticesOf[each].ends === type);
  if (kind === undefined) return type;
  return noticesOf[kind].begins === type ? troubleWords[kind].when : troubleWords[kind].over;
}

/** Whether a type of notice tells of an end. */
export function isEnd(type: NoticeType): boolean {
  return troubleKinds.some((kind) => noticesOf[kind].ends === type);
}
