import type { AttemptView } from '#contracts/rest-api';

export type Reached = AttemptView['reached'];

/** For filters and tables. */
export const reachedLabels: Readonly<Record<Reached, string>> = {
  no: 'Not received',
  maybe: 'May be received',
  yes: 'Received',
};

const ofHttp: Readonly<Record<Reached, string>> = {
  no: 'The target did not receive the call: nothing was sent.',
  maybe: 'The target may have received the call: it was sent, and no complete answer came.',
  yes: 'The target received the call: it answered.',
};

const ofScripts: Readonly<Record<Reached, string>> = {
  no: 'The script did not start.',
  maybe: 'The script may have started: its result is unknown.',
  yes: 'The script was started.',
};

/**
 * Whether a call reached its target, in a sentence.
 *
 * @param taskType Null where it is not known.
 */
export function reachedInWords(reached: Reached, taskType: string | null): string {
  return (taskType === 'script' ? ofScripts : ofHttp)[reached];
}
