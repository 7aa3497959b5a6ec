import { clientIds } from './clients.ts';

/** What happens next in the demo. */
export type Scene =
  | { readonly do: 'event'; readonly type: string; readonly client: number }
  | { readonly do: 'kill' }
  | { readonly do: 'restart' }
  /** Calls are to be answered as billing wants it, within seconds. */
  | { readonly do: 'check' };

const event = (type: string, client: number): Scene => ({ do: 'event', type: `clients.${type}`, client });
const [one, two, three, four, five] = clientIds as [number, number, number, number, number];

/** A day of a telephone company, in a minute. */
export const scenes: readonly Scene[] = [
  ...clientIds.map((client) => event('create', client)),
  { do: 'check' },
  event('balance_zero', two),
  event('balance_zero', four),
  { do: 'check' },
  event('balance_notzero', two),
  { do: 'check' },
  // What billing says while Kamailio is away waits, in order.
  { do: 'kill' },
  event('balance_zero', one),
  event('balance_notzero', four),
  event('balance_zero', three),
  event('balance_notzero', three),
  { do: 'restart' },
  { do: 'check' },
  event('delete', five),
  event('balance_notzero', one),
  { do: 'check' },
];

/** Begins the next round where the last one ended. */
export const scenesAgain: readonly Scene[] = [event('create', five), ...scenes.slice(clientIds.length)];
