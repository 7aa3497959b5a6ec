import { catalog } from './benches/catalog.ts';
import { fastLane } from './benches/fast-lane.ts';
import { hop } from './benches/hop.ts';
import { isolation } from './benches/isolation.ts';
import { journal } from './benches/journal.ts';
import { latency } from './benches/latency.ts';
import { memory } from './benches/memory.ts';
import { peers } from './benches/peers.ts';
import { registry } from './benches/registry.ts';
import { scale } from './benches/scale.ts';
import { scripts } from './benches/scripts.ts';
import { search } from './benches/search.ts';
import { waiting } from './benches/waiting.ts';
import type { Finding } from './figure.ts';
import type { Harness } from './harness/harness.ts';

export interface Bench {
  readonly run: (harness: Harness) => Promise<Finding[]>;
  /** Whether the guard watches a ratio of it, which is steady also when runs are few and short. */
  readonly guarded?: boolean;
}

/** Every bench by its name, in the order in which they are run. */
export const benches: Readonly<Record<string, Bench>> = {
  'fast-lane': { run: fastLane, guarded: true },
  latency: { run: latency },
  scripts: { run: scripts, guarded: true },
  catalog: { run: catalog },
  isolation: { run: isolation, guarded: true },
  waiting: { run: waiting },
  scale: { run: scale },
  hop: { run: hop },
  registry: { run: registry, guarded: true },
  peers: { run: peers },
  memory: { run: memory },
  journal: { run: journal },
  search: { run: search },
};
