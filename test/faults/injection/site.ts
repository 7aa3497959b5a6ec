import type { Installation } from '../../support/installation.ts';
import type { Receiver } from '../targets/receiver.ts';
import type { Disruptions } from './disruptions.ts';
import type { Fleet } from './fleet.ts';

/** What faults are done to. */
export interface Site {
  readonly installation: Installation;
  readonly fleet: Fleet;
  readonly receivers: readonly Receiver[];
  readonly disruptions: Disruptions;
  /** The broker's nodes, as billing and the executors reach them. */
  readonly amqpUrls: readonly string[];
}
