import { createHash } from 'node:crypto';

/** RabbitMQ takes any 32-bit priority; this many are enough for two executors never to agree by chance. */
const priorities = 1_000_000_000;

/**
 * How much an executor wants a partition: every executor subscribes to every partition, and the broker gives each to
 * the one that wants it most (rendezvous hashing). When one joins or leaves, only its share moves.
 */
export function consumerPriority(executorId: string, partition: number): number {
  const hash = createHash('sha256').update(`${executorId}\n${partition}`).digest();
  return hash.readUInt32BE(0) % priorities;
}
