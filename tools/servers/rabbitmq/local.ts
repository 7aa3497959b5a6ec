import { join } from 'node:path';
import { missingEpmd } from './missing.ts';
import { startNode, startPortMapper, type PrivateRabbitmq, type PrivateRabbitmqOptions } from './node.ts';
import { findProgram } from './program.ts';

/** Starts the machine's `rabbitmq-server` as a broker of our own. */
export async function startLocalRabbitmq(program: string, options: PrivateRabbitmqOptions): Promise<PrivateRabbitmq> {
  const folder = join(options.dataDir, 'rabbitmq');
  const epmd = await findProgram('epmd');
  if (!epmd) throw missingEpmd();
  await startPortMapper(options, folder, [epmd]);
  return startNode({ ...options, name: 'rabbitmq', folder, command: [program] });
}
