import type { Figure } from '../figure.ts';
import { inTurns } from '../harness/alternating.ts';
import type { Load, Harness } from '../harness/harness.ts';

const types = [
  'clients.create',
  'clients.update',
  'clients.delete',
  'clients.archive',
  'clients.accounts.create',
  'clients.accounts.update',
  'clients.accounts.delete',
  'clients.packages.assign',
  'clients.packages.activate',
  'clients.packages.close',
];

/** No process listens there: the port is reserved (RFC 6335), and calls are refused at once. */
const deadTarget = 'http://127.0.0.1:1/';

/** Ten handlers of ten types, and what one dead target does to the other nine. */
export async function isolation(harness: Harness): Promise<Figure[]> {
  const events = harness.quick ? 8_000 : 30_000;
  const load: Load = { events, keys: 1_000, bytes: 500, types };
  const alive = types.length - 1;
  const throughput = async (isDead: boolean): Promise<number> => {
    // The tenth is another matter when all live: then its calls are made as well, and not counted.
    await harness.haveHandlers(types.map((event, index) => (isDead && index === alive ? dead(event) : { event })));
    const calls = isDead ? (events * alive) / types.length : events;
    const { calls: counted, seconds } = await harness.product(load, { calls, succeeded: calls });
    return ((counted / seconds) * (isDead ? 1 : alive)) / (isDead ? 1 : types.length);
  };
  harness.say('isolation: one dead target among ten');
  const series = await inTurns(
    3,
    { name: 'one dead', measure: () => throughput(true) },
    { name: 'none dead', measure: () => throughput(false) },
  );
  return [
    { name: 'events of the other nine', unit: 'events/s', ...series, target: { atLeast: 0.9 }, guarded: 'higher' },
  ];
}

function dead(event: string): object {
  return { event, task: { type: 'http', url: deadTarget }, retry: { maxAttempts: 2, schedule: ['1h'] } };
}
