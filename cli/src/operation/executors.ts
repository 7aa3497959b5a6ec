import type { Command } from 'commander';
import { answerOf, type ExecutorView } from '#sdk';
import { moment } from '../output/moments.ts';
import type { Column } from '../output/table.ts';
import type { InSession, Session } from '../session.ts';

const columns: readonly Column<ExecutorView>[] = [
  { title: 'host', value: ({ host }) => host },
  { title: 'pid', value: ({ pid }) => pid, align: 'right' },
  { title: 'version', value: ({ version }) => version },
  { title: 'since', value: ({ startedAt }) => moment(startedAt) },
  {
    title: 'revision',
    value: ({ revision, upToDate }) => (upToDate ? revision : `${revision} (behind)`),
    style: ({ upToDate }) => (upToDate ? undefined : 'yellow'),
  },
  { title: 'in flight', value: ({ inFlight }) => inFlight, align: 'right' },
  {
    title: 'circuits',
    value: ({ circuits }) => openOf(circuits),
    style: ({ circuits }) => (openOf(circuits) === null ? undefined : 'red'),
  },
  { title: 'partitions', value: ({ partitions }) => partitions.join(' ') },
];

/** `provisor executors` */
export function addExecutors(program: Command, inSession: InSession): void {
  program
    .command('executors')
    .description('list the executors that run, what they have in force and what they do')
    .action(inSession(executors));
}

async function executors({ client, output }: Session): Promise<void> {
  const { items } = await answerOf(client.GET('/api/v1/executors'));
  output.list(items, columns, 'no executor is running');
}

function openOf(circuits: ExecutorView['circuits']): string | null {
  const open = circuits.filter((circuit) => circuit.open).length;
  return open === 0 ? null : `${open} open`;
}
