import type { Command } from 'commander';
import type { HandlerView } from '#sdk';
import type { Column, Style } from '../output/table.ts';
import type { InSession, Session } from '../session.ts';
import { firstItems } from '../input/first-items.ts';
import { everyHandler, findHandler, type HandlerSearch } from './find-handler.ts';
import { handlerText } from './handler-text.ts';

const statusStyles: Record<HandlerView['status'], Style | undefined> = {
  enabled: 'green',
  disabled: 'dim',
  archived: 'dim',
};

const columns: readonly Column<HandlerView>[] = [
  { title: 'event', value: ({ event }) => event },
  { title: 'priority', value: ({ priority }) => priority, align: 'right' },
  { title: 'name', value: ({ name }) => name },
  { title: 'status', value: ({ status }) => status, style: ({ status }) => statusStyles[status] },
  { title: 'type', value: ({ task }) => task.type },
  { title: 'calls', value: ({ task }) => (task.type === 'http' ? `${task.method} ${task.url}` : task.path) },
];

/** `handlers list` and `handlers get` */
export function addLooking(handlers: Command, inSession: InSession): void {
  handlers
    .command('list')
    .description('list handlers, by event, in the order they run')
    .option('--event <type>', 'of this event type')
    .option('--type <type>', 'script or http')
    .option('--status <list>', 'enabled, disabled, archived; several with commas (default: all but archived)')
    .option('-q, --q <text>', 'part of the name, the description, the URL or the path')
    .option(
      '--sort <list>',
      'name, event, priority, status, createdAt, updatedAt; - before one turns it round',
      'event,priority,name',
    )
    .action(inSession(list));
  handlers
    .command('get <handler>')
    .description('print a handler, by name or id, as it would stand in a file')
    .action(inSession(get));
}

async function list({ client, output }: Session, search: HandlerSearch): Promise<void> {
  const { event, type, status, q, sort } = search;
  const found = await firstItems(everyHandler(client, { event, type, status, q, sort }), Number.POSITIVE_INFINITY);
  output.list(found, columns, 'no handlers');
}

async function get({ client, output }: Session, nameOrId: string): Promise<void> {
  const handler = await findHandler(client, nameOrId);
  output.result(handler, () => handlerText(handler).trimEnd());
}
