import { eventually } from '../../support/eventually.ts';
import type { Installation } from '../../support/installation.ts';
import { managementJson } from '../../support/management.ts';

interface Queue {
  name: string;
  members?: string[];
}

/** Resolves when every queue has a member on every node of the broker, so that none is lost with a node. */
export async function untilReplicated({ servers }: Installation): Promise<void> {
  await eventually(async () => {
    const queues = await managementJson<Queue[]>(servers.managementUrl!, '/api/queues');
    const durable = queues.filter(({ name }) => name === 'provisor.intake' || name.startsWith('provisor.events.'));
    const alone = durable.filter(({ members = [] }) => members.length !== servers.brokerNodes.length);
    if (durable.length === 0 || alone.length > 0) {
      throw new Error(`not on every node: ${alone.map(({ name }) => name).join(', ') || 'no queue at all'}`);
    }
    return true;
  }, 30_000);
}
