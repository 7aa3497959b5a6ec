import { emailAddressFault, noticesOf, type TroubleKind } from '#contracts';
import type { CreateHandlerInput, HandlerView } from '#contracts/rest-api';
import { addressesIn } from '../handlers/form/task-forms.ts';
import { channels, type Channel, type ChannelName } from './rule-tasks.ts';
import { canLast, isEnd, troubleWords, whenOf } from './trouble-words.ts';

/** What the dialog holds. */
export interface RuleValues {
  kind: TroubleKind;
  channel: ChannelName;
  /** How long the trouble has to last, as a written duration; empty: at once. */
  lasting: string;
  whom: string;
  /** Whether to report the end as well. */
  over: boolean;
  name: string;
}

export const blankRule: RuleValues = { kind: 'failure', channel: 'email', lasting: '', whom: '', over: true, name: '' };

/** The handlers that make a rule: one tells of the trouble, and perhaps another of its end. */
export function handlersOf(values: RuleValues): CreateHandlerInput[] {
  const { kind, over } = values;
  const { begins, ends } = noticesOf[kind];
  const name = values.name.trim() || suggestedName(values);
  const channel: Channel = channels[values.channel];
  const handler = (event: typeof begins | NonNullable<typeof ends>, of: string): CreateHandlerInput => ({
    name: of,
    event,
    ...(lastingOf(values) !== '' && { lasting: lastingOf(values) }),
    task: channel.task(values.whom, whenOf(event)),
    // A notice that fails now is retried; later notices do not wait for it.
    onFailure: 'detach',
  });
  return [handler(begins, name), ...(over && ends !== null ? [handler(ends, `${name} (over)`)] : [])];
}

/** The time that the trouble has to last; of a kind that does not last, there is none. */
function lastingOf({ kind, lasting }: Pick<RuleValues, 'kind' | 'lasting'>): string {
  return canLast(kind) ? lasting : '';
}

/** A name that says what the rule does. */
export function suggestedName({ kind, channel, lasting, whom }: RuleValues): string {
  const { label } = channels[channel];
  const time = lastingOf({ kind, lasting });
  const who = channel === 'email' ? addressesIn(whom).join(', ') : '';
  return `${troubleWords[kind].label}${time && ` for ${time}`}: ${who || label}`.slice(0, 240);
}

/** What is wrong with the values, by field. */
export function ruleFaults({ channel, whom }: RuleValues): { whom?: string } {
  if (channel !== 'email') return /^https?:\/\/\S+$/.test(whom.trim()) ? {} : { whom: 'Enter a URL' };
  const addresses = addressesIn(whom);
  if (addresses.length === 0) return { whom: 'Enter an e-mail address' };
  const bad = addresses.find((address) => emailAddressFault(address) !== undefined);
  return bad === undefined ? {} : { whom: `${bad} ${emailAddressFault(bad)}` };
}

/** Rules of a trouble stand before those of its end. */
export function inOrder(handlers: readonly HandlerView[]): HandlerView[] {
  return handlers.toSorted((one, other) => {
    const [a, b] = [one, other].map(({ event }) => isEnd(event as Parameters<typeof isEnd>[0]));
    return Number(a) - Number(b) || one.name.localeCompare(other.name);
  });
}
