import { fastLane } from './benches/fast-lane.ts';
import type { Figure } from './figure.ts';
import type { Stand } from './stand/stand.ts';

/** Every bench by its name, in the order in which they are run. */
export const benches: Readonly<Record<string, (stand: Stand) => Promise<Figure[]>>> = {
  'fast-lane': fastLane,
};
