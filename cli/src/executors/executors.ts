import type { Command } from 'commander';
import { answerOf, type ExecutorView } from '#sdk';
import { momentColumns } from '../output/moments.ts';
import type { Column } from '../output/table.ts';
import type { InSession, Session } from '../session.ts';
import { rangesOf } from './ranges.ts';

const columns: readonly Column<ExecutorView>[] = [
  { title: 'host', cut: 'end', value: ({ host }) => host },
  { title: 'pid', value: ({ pid }) => pid, align: 'right' },
  { title: 'version', only: 'wide', value: ({ version }) => version },
  ...momentColumns('started', ({ startedAt }: ExecutorView) => startedAt),
  {
    title: 'revision',
    value: ({ revision, upToDate }) => (upToDate ? revision : `${revision} (old)`),
    style: ({ upToDate }) => (upToDate ? undefined : 'yellow'),
  },
  { title: 'in flight', value: ({ inFlight }) => inFlight, align: 'right' },
  {
    title: 'circuits',
    value: ({ circuits }) => openOf(circuits),
    style: ({ circuits }) => (openOf(circuits) === null ? undefined : 'red'),
  },
  { title: 'partitions', cut: 'end', value: ({ partitions }) => rangesOf(partitions) },
  { title: 'id', only: 'wide', value: ({ id }) => id },
];

/** `provisor executors` */
export function addExecutors(program: Command, inSession: InSession): void {
  program
    .command('executors')
    .description('List running executors')
    .addHelpText(
      'after',
      '\nREVISION    of the catalog that the executor uses\n' +
        'CIRCUITS    open circuit breakers\n' +
        'PARTITIONS  that the executor owns; a spare executor owns none',
    )
    .action(inSession(executors));
}

async function executors({ client, output }: Session): Promise<void> {
  const { items } = await answerOf(client.GET('/api/v1/executors'));
  output.list(items, columns, 'No executor is running.');
}

function openOf(circuits: ExecutorView['circuits']): string | null {
  const open = circuits.filter((circuit) => circuit.open).length;
  return open === 0 ? null : `${open} open`;
}
