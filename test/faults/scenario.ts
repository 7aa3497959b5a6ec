import type { BrokerKind } from '../../tools/servers/index.ts';
import type { FaultKind } from './injection/faults.ts';
import type { PlanOptions } from './injection/plan.ts';
import type { Range } from './random.ts';

/** What a run is made of, apart from chance. */
export interface Scenario {
  readonly seed: number;
  readonly broker: BrokerKind;
  readonly executors: number;
  readonly partitions: number;
  readonly keys: number;
  /** Between two events of a key, milliseconds. */
  readonly pauseMs: Range;
  readonly faults: PlanOptions;
  /** How long faults are injected; undefined: for one round. */
  readonly durationMs: number | undefined;
}

const common = {
  partitions: 8,
  keys: 30,
  pauseMs: { min: 0, max: 400 },
};

const everywhere: FaultKind[] = ['killExecutor', 'stopExecutor', 'killDatabase', 'restartDatabase', 'killTarget'];

/** One round without what takes long: for every `npm test`. */
export function shortScenario(seed: number): Scenario {
  const kinds: FaultKind[] = [...everywhere, 'killBroker', 'restartBroker'];
  return {
    ...common,
    // Half the load: hundreds of events for each fault, and a machine that has other tests to run.
    pauseMs: { min: 0, max: 800 },
    seed,
    broker: 'any',
    executors: 2,
    faults: { kinds, pauseMs: { min: 200, max: 1_000 }, together: 0.3 },
    durationMs: undefined,
  };
}

/** Nothing but what a test does itself, with few keys, so that one of them is called often. */
export function pauseScenario(seed: number): Scenario {
  const faults: PlanOptions = { kinds: [], pauseMs: { min: 0, max: 0 }, together: 0 };
  return { ...common, seed, broker: 'any', executors: 2, keys: 7, faults, durationMs: undefined };
}

const lasting: FaultKind[] = ['pauseExecutor', 'freezeDatabase', 'freezeBroker'];

const kindsWith: Record<BrokerKind, FaultKind[]> = {
  any: [...everywhere, ...lasting, 'killBroker', 'restartBroker'],
  cluster: [...everywhere, ...lasting, 'killBrokerNode', 'restartBrokerNode'],
  // The consumers are certain only while no executor is paused.
  rabbitmq4: [...everywhere, 'killBroker', 'restartBroker', 'joinExecutor', 'leaveExecutor'],
};

export function longScenario(seed: number, broker: BrokerKind, minutes: number): Scenario {
  return {
    ...common,
    seed,
    broker,
    executors: 3,
    faults: {
      kinds: kindsWith[broker],
      pauseMs: { min: 500, max: 6_000 },
      together: broker === 'rabbitmq4' ? 0 : 0.25,
    },
    durationMs: minutes * 60_000,
  };
}
