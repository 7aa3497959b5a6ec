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
import { freezeBroker, freezeDatabase } from './freeze-faults.ts';
import { killTarget } from './target-faults.ts';

interface Fault {
  /** What is harmed. Two faults at the same time harm different things: of a cluster, no more than one node. */
  readonly harms: 'executors' | 'broker' | 'database' | 'targets';
  /** True when it lasts so long that others happen meanwhile. */
  readonly lasts: boolean;
  /** Does the harm, waits until it is over, and tells what happened. */
  readonly inject: (site: Site, random: SeededRandom) => Promise<string>;
}

const faultsOf = {
  killExecutor: { harms: 'executors', lasts: false, inject: killExecutor },
  stopExecutor: { harms: 'executors', lasts: false, inject: stopExecutor },
  pauseExecutor: { harms: 'executors', lasts: true, inject: pauseExecutor },
  freezeDatabase: { harms: 'executors', lasts: true, inject: freezeDatabase },
  freezeBroker: { harms: 'executors', lasts: true, inject: freezeBroker },
  joinExecutor: { harms: 'executors', lasts: false, inject: joinExecutor },
  leaveExecutor: { harms: 'executors', lasts: false, inject: leaveExecutor },
  killBroker: { harms: 'broker', lasts: false, inject: killBroker },
  restartBroker: { harms: 'broker', lasts: false, inject: restartBroker },
  killBrokerNode: { harms: 'broker', lasts: false, inject: killBrokerNode },
  restartBrokerNode: { harms: 'broker', lasts: false, inject: restartBrokerNode },
  killDatabase: { harms: 'database', lasts: false, inject: killDatabase },
  restartDatabase: { harms: 'database', lasts: false, inject: restartDatabase },
  killTarget: { harms: 'targets', lasts: false, inject: killTarget },
} as const satisfies Record<string, Fault>;

export type FaultKind = keyof typeof faultsOf;

/** The faults that there are. */
export const faults: Readonly<Record<FaultKind, Fault>> = faultsOf;
