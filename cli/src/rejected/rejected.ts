import type { Command } from 'commander';
import { answerOf, everyItem, type operations, type RejectedMessageView } from '#sdk';
import { withExamples } from '../help/examples.ts';
import { firstItems } from '../input/first-items.ts';
import { moment as momentOption, positiveNumber } from '../input/option-values.ts';
import { moment, momentColumns } from '../output/moments.ts';
import { plainLine, plainText } from '../output/plain-text.ts';
import type { Column } from '../output/table.ts';
import type { InSession, Session } from '../session.ts';

type Query = NonNullable<operations['listRejected']['parameters']['query']>;

interface ListOptions {
  reason?: string;
  routingKey?: string;
  from?: string;
  to?: string;
  limit: number;
}

/** Small: each message has up to 64 KiB of its body. */
const pageSize = 20;

const columns: readonly Column<RejectedMessageView>[] = [
  ...momentColumns('rejected', ({ rejectedAt }: RejectedMessageView) => rejectedAt),
  { title: 'reason', value: ({ reason }) => reason },
  { title: 'routing key', only: 'wide', value: ({ routingKey }) => routingKey },
  { title: 'id', value: ({ id }) => id },
  { title: 'problem', cut: 'end', value: ({ message }) => message },
];

const exampleId = '0193a7c1-d2e3-7000-8000-000000000001';

/** `provisor rejected …` */
export function addRejected(program: Command, inSession: InSession): void {
  const rejected = program.command('rejected').description('Messages that are not valid events: list, show');
  rejected
    .command('list', { isDefault: true })
    .description('List rejected messages, newest first')
    .option('--reason <reason>', 'Reason, such as not_json, wrong_shape or bad_header')
    .option('--routing-key <key>', 'Routing key')
    .option('--from <when>', 'Rejected at or after: 2026-03-01T09:15:00Z, or 2h ago', (value) => momentOption(value))
    .option('--to <when>', 'Rejected before', (value) => momentOption(value))
    .option('-n, --limit <number>', 'Most messages', positiveNumber, 50)
    .action(inSession(list));
  rejected
    .command('show <id>')
    .description('Show a rejected message: problem, properties, body')
    .action(inSession(show));
  const bodyCommand = rejected
    .command('body <id>')
    .description('Print the body, unchanged except for redacted fields')
    .action(inSession(body));
  withExamples(
    bodyCommand,
    ['Save the body, correct it in an editor, and publish it', `provisor rejected body ${exampleId} > event.json`],
    ['Publish it with the partition key that "rejected show" prints', 'provisor events publish -f event.json --key 12'],
  );
}

async function list({ client, output }: Session, { limit, ...filter }: ListOptions): Promise<void> {
  const page = (query: Query) => answerOf(client.GET('/api/v1/rejected', { params: { query } }));
  const found = await firstItems(
    everyItem<RejectedMessageView>((cursor) => page({ ...filter, limit: Math.min(limit, pageSize), cursor } as Query)),
    limit,
  );
  output.list(found, columns, 'No rejected messages match.');
}

async function show({ client, output }: Session, id: string): Promise<void> {
  const message = await answerOf(client.GET('/api/v1/rejected/{id}', { params: { path: { id } } }));
  output.result(message, () => messageText(message));
}

function messageText(message: RejectedMessageView): string {
  const { reason, rejectedAt, exchange, routingKey, size, errors, properties, bodyText, truncated } = message;
  const faults =
    errors.length > 0 ? errors.map((error) => `${error.field} ${error.message}`.trim()) : [message.message];
  const facts = [
    `reason       ${reason}`,
    ...faults.map((fault) => `problem      ${fault}`),
    `rejected     ${moment(rejectedAt)}`,
    `exchange     ${exchange}`,
    `routing key  ${routingKey}`,
    `properties   ${JSON.stringify(properties)}`,
    `size         ${String(size)} bytes${truncated ? '; the first 64 KiB follow' : ''}`,
  ].map(plainLine);
  const shown =
    bodyText === null ? 'The body is not text; "provisor rejected body" prints its bytes.' : plainText(bodyText);
  return [...facts, '', shown].join('\n');
}

async function body({ client, output }: Session, id: string): Promise<void> {
  const call = client.GET('/api/v1/rejected/{id}/body', { params: { path: { id } }, parseAs: 'arrayBuffer' });
  output.raw(new Uint8Array(await answerOf<ArrayBuffer>(call)));
}
