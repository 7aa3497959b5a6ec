import { catalog } from './benches/catalog.ts';
import { fastLane } from './benches/fast-lane.ts';
import { isolation } from './benches/isolation.ts';
import { latency } from './benches/latency.ts';
import { memory } from './benches/memory.ts';
import { scripts } from './benches/scripts.ts';
import type { Figure } from './figure.ts';
import type { Stand } from './stand/stand.ts';

/** Every bench by its name, in the order in which they are run. */
export const benches: Readonly<Record<string, (stand: Stand) => Promise<Figure[]>>> = {
  'fast-lane': fastLane,
  latency,
  scripts,
  catalog,
  isolation,
  memory,
};
