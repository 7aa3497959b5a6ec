import type { Figure, Target } from '../figure.ts';
import type { Reception } from '../processes/receiver.ts';
import { inTurns } from '../stand/alternating.ts';
import type { Load, Stand } from '../stand/stand.ts';

interface Case {
  readonly handlers: number;
  readonly bytes: number;
  readonly events: number;
  readonly target?: Target;
}

const first: Case = { handlers: 1, bytes: 500, events: 60_000, target: { atLeast: 0.75 } };
const others: Case[] = [
  { handlers: 3, bytes: 500, events: 24_000 },
  { handlers: 10, bytes: 500, events: 8_000 },
  { handlers: 1, bytes: 4_096, events: 40_000 },
  { handlers: 1, bytes: 65_536, events: 8_000 },
];
const quickEvents = 10_000;
/** Enough for a process that has just started to be as fast as it gets. */
const warmUpShare = 0.3;

/** A backlog of events through everything (order, gate, journal, acknowledged after the commit), against the bare loop. */
export async function fastLane(stand: Stand): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const each of stand.quick ? [first] : [first, ...others]) figures.push(await measured(stand, each));
  return figures;
}

async function measured(stand: Stand, { handlers, bytes, events, target }: Case): Promise<Figure> {
  const long = { events, warmUp: events * warmUpShare };
  const load: Load = { ...(stand.quick ? { events: quickEvents } : long), keys: 1_000, bytes };
  await stand.haveHandlers(Array.from({ length: handlers }, () => ({})));
  const name = `${handlers === 1 ? 'one handler' : `${String(handlers)} handlers`}, ${size(bytes)}`;
  stand.say(`fast-lane: ${name}`);
  const perSecond = ({ calls, seconds }: Reception): number => calls / handlers / seconds;
  const series = await inTurns(
    5,
    { name: 'provisor', measure: async () => perSecond(await stand.product(load, { calls: load.events * handlers })) },
    { name: 'bare loop', measure: async () => perSecond(await stand.bareLoop(load, handlers)) },
  );
  return { name, unit: 'events/s', ...series, ...(target && { target, guarded: 'higher' }) };
}

function size(bytes: number): string {
  return bytes < 1_024 ? `${(bytes / 1_000).toFixed(1)} kB` : `${String(Math.round(bytes / 1_024))} KiB`;
}
