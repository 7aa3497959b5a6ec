import type { Command } from 'commander';
import { answerOf, type HoldPeriodView } from '#sdk';
import { momentColumns, moment, shortMoment } from '../output/moments.ts';
import type { Column } from '../output/table.ts';
import type { InSession, Session } from '../session.ts';

const endOf = (until: string | null, text: (iso: string) => string): string =>
  until === null ? 'released' : text(until);

const columns: readonly Column<HoldPeriodView>[] = [
  { title: 'state', value: ({ state }) => state, style: ({ state }) => (state === 'held' ? 'yellow' : 'dim') },
  { title: 'of', value: ({ subject }) => subject.type },
  { title: 'name', cut: 'end', value: ({ subject }) => subject.name },
  ...momentColumns('from', ({ from }: HoldPeriodView) => from),
  { title: 'until', only: 'narrow', value: ({ until }) => endOf(until, shortMoment) },
  { title: 'until', only: 'wide', value: ({ until }) => endOf(until, moment) },
  { title: 'waiting', value: ({ waiting }) => waiting.events, align: 'right' },
  { title: 'keys', only: 'wide', value: ({ waiting }) => waiting.keys, align: 'right' },
  { title: 'by', only: 'wide', value: ({ by }) => by },
  { title: 'reason', cut: 'end', value: ({ reason }) => reason ?? 'weekly window' },
  { title: 'id', only: 'wide', value: ({ subject }) => subject.id },
];

/** `provisor holds` */
export function addHolds(program: Command, inSession: InSession): void {
  program
    .command('holds')
    .description('What is held, and the windows that begin within 8 days')
    .addHelpText('after', '\nWAITING  events that wait because of it now')
    .action(inSession(list));
}

async function list({ client, output }: Session): Promise<void> {
  const { items } = await answerOf(client.GET('/api/v1/holds'));
  output.list(items, columns, 'Nothing is held. Hold with "provisor targets hold" or "provisor handlers hold".');
}
