import type { Command } from 'commander';
import { answerOf, everyItem, type operations, type OperationView } from '#sdk';
import { withExamples } from '../help/examples.ts';
import { firstItems } from '../input/first-items.ts';
import { positiveNumber } from '../input/option-values.ts';
import { momentColumns } from '../output/moments.ts';
import type { Column } from '../output/table.ts';
import type { InSession, Session } from '../session.ts';
import { doneOf, operationDetails, operationText, selectionOf } from './operation-text.ts';
import { look, report } from './progress.ts';

type Query = NonNullable<operations['listOperations']['parameters']['query']>;

const pageSize = 100;

const columns: readonly Column<OperationView>[] = [
  ...momentColumns('created', ({ createdAt }: OperationView) => createdAt),
  { title: 'kind', value: ({ kind }) => kind },
  { title: 'status', value: ({ status }) => status },
  { title: 'done', align: 'right', value: doneOf },
  { title: 'failed', only: 'wide', align: 'right', value: ({ failed }) => failed },
  { title: 'id', value: ({ id }) => id },
  { title: 'by', only: 'wide', value: ({ createdBy }) => createdBy },
  { title: 'about', only: 'wide', value: selectionOf },
];

interface ListOptions {
  kind?: string;
  status?: string;
  limit: number;
}

/** `provisor operations …` */
export function addOperations(program: Command, inSession: InSession): void {
  const operations = program.command('operations').description('List, show, watch and cancel operations');
  const list = operations
    .command('list', { isDefault: true })
    .description('List replays, resumes, retries and skips, newest first')
    .option('--kind <list>', 'replay, resume, retry, skip (comma-separated)')
    .option('--status <list>', 'requested, running, finished, stopped, cancelled (comma-separated)')
    .option('-n, --limit <number>', 'Most operations', positiveNumber, 50)
    .action(inSession(listOperations));
  withExamples(list, ['What is running now?', 'provisor operations list --status requested,running']);
  operations
    .command('show <id>')
    .description('Show an operation and its progress')
    .action(
      inSession(async (session, id: string) => {
        const operation = await look(session, id);
        session.output.result(operation, () => operationDetails(operation));
      }),
    );
  operations
    .command('watch <id>')
    .description('Follow the progress of an operation until it ends')
    .addHelpText('after', '\nExit code 1: not everything succeeded.')
    .action(inSession(async (session, id: string) => report(session, [await look(session, id)], true)));
  operations
    .command('cancel <id>')
    .description('Cancel what has not begun; what has begun continues')
    .action(inSession(cancel));
}

async function listOperations({ client, output }: Session, { kind, status, limit }: ListOptions): Promise<void> {
  const filter = { kind, status, limit: Math.min(limit, pageSize) };
  const page = (query: Query) => answerOf(client.GET('/api/v1/operations', { params: { query } }));
  const pages = everyItem<OperationView>((cursor) => page({ ...filter, cursor } as Query));
  output.list(await firstItems(pages, limit), columns, 'No operations.');
}

async function cancel({ client, output }: Session, id: string): Promise<void> {
  const operation = await answerOf(client.DELETE('/api/v1/operations/{id}', { params: { path: { id } } }));
  output.result(operation, () => operationText(operation));
}
