import type { SeededRandom } from '../random.ts';
import { killExecutor, pauseExecutor, stopExecutor } from './executor-faults.ts';
import { joinExecutor, leaveExecutor } from './membership-faults.ts';
import {
  killBroker,
  killBrokerNode,
  killDatabase,
  restartBroker,
  restartBrokerNode,
  restartDatabase,
} from './server-faults.ts';
import type { Site } from './site.ts';
import { killTarget } from './target-faults.ts';

/** Does its harm, waits until it is over, and tells what happened. */
type Fault = (site: Site, random: SeededRandom) => Promise<string>;

const faults = {
  killExecutor,
  stopExecutor,
  pauseExecutor,
  joinExecutor,
  leaveExecutor,
  killBroker,
  restartBroker,
  killBrokerNode,
  restartBrokerNode,
  killDatabase,
  restartDatabase,
  killTarget,
} as const satisfies Record<string, Fault>;

export type FaultKind = keyof typeof faults;

/** Those that last so long that others happen meanwhile. */
export const lasting: ReadonlySet<FaultKind> = new Set(['pauseExecutor']);

export function inject(kind: FaultKind, site: Site, random: SeededRandom): Promise<string> {
  return faults[kind](site, random);
}
