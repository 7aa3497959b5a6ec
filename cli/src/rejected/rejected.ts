import type { Command } from 'commander';
import { answerOf, everyItem, type operations, type RejectedMessageView } from '#sdk';
import { firstItems } from '../input/first-items.ts';
import { moment as momentOption, positiveNumber } from '../input/option-values.ts';
import { moment } from '../output/moments.ts';
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

/** Each comes with up to 64 KiB of its body. */
const pageSize = 20;

const columns: readonly Column<RejectedMessageView>[] = [
  { title: 'rejected', value: ({ rejectedAt }) => moment(rejectedAt) },
  { title: 'reason', value: ({ reason }) => reason },
  { title: 'routing key', value: ({ routingKey }) => routingKey },
  { title: 'id', value: ({ id }) => id },
  { title: 'what is wrong', value: ({ message }) => message },
];

/** `provisor rejected …` */
export function addRejected(program: Command, inSession: InSession): void {
  const rejected = program.command('rejected').description('messages that were no events');
  rejected
    .command('list', { isDefault: true })
    .description('list rejected messages, the newest first')
    .option('--reason <reason>', 'for this reason: not_json, wrong_shape, bad_header, …')
    .option('--routing-key <key>', 'published with this routing key')
    .option('--from <when>', 'rejected since then: a date-time, or how long ago, like 2h', (value) =>
      momentOption(value),
    )
    .option('--to <when>', 'rejected before then', (value) => momentOption(value))
    .option('-n, --limit <number>', 'how many at most', positiveNumber, 50)
    .action(inSession(list));
  rejected
    .command('show <id>')
    .description('print a rejected message: what is wrong, its properties and its body')
    .action(inSession(show));
  rejected
    .command('body <id>')
    .description('print the body as it came, byte for byte, but for redacted fields')
    .action(inSession(body));
}

async function list({ client, output }: Session, { limit, ...filter }: ListOptions): Promise<void> {
  const page = (query: Query) => answerOf(client.GET('/api/v1/rejected', { params: { query } }));
  const found = await firstItems(
    everyItem<RejectedMessageView>((cursor) => page({ ...filter, limit: Math.min(limit, pageSize), cursor } as Query)),
    limit,
  );
  output.list(found, columns, 'no rejected messages');
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
    ...faults.map((fault) => `wrong        ${fault}`),
    `rejected     ${moment(rejectedAt)}`,
    `exchange     ${exchange}`,
    `routing key  ${routingKey}`,
    `properties   ${JSON.stringify(properties)}`,
    `size         ${String(size)} bytes${truncated ? ', of which the first 64 KiB follow' : ''}`,
  ].map(plainLine);
  const shown = bodyText === null ? 'the body is no text; "rejected body" prints its bytes' : plainText(bodyText);
  return [...facts, '', shown].join('\n');
}

async function body({ client, output }: Session, id: string): Promise<void> {
  const call = client.GET('/api/v1/rejected/{id}/body', { params: { path: { id } }, parseAs: 'arrayBuffer' });
  output.raw(new Uint8Array(await answerOf<ArrayBuffer>(call)));
}
