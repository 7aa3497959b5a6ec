import { removeTemplate } from './sandbox.ts';
import { stopTestServers } from './test-servers.ts';

/** In watch mode the servers stay up for the next run, and end with Jest's process: their supervisor sees to that. */
export default async function tearDown({ watch, watchAll }: { watch: boolean; watchAll: boolean }): Promise<void> {
  await removeTemplate();
  if (!watch && !watchAll) await stopTestServers();
}
