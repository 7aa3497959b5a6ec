import type { Command } from 'commander';
import { taskTypes } from '#contracts';
import type { HandlerView } from '#sdk';
import { anyOf } from '../output/any-of.ts';
import type { Column, Style } from '../output/table.ts';
import type { InSession, Session } from '../session.ts';
import { eventLabel } from '../events/event-label.ts';
import { firstItems } from '../input/first-items.ts';
import { everyHandler, findHandler, type HandlerSearch } from './find-handler.ts';
import { handlerText } from './handler-text.ts';
import { callsOf } from './task-types.ts';

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
  { title: 'calls', value: ({ task }) => callsOf(task) },
];

/** `handlers list` and `handlers get` */
export function addLooking(handlers: Command, inSession: InSession): void {
  handlers
    .command('list')
    .description('list handlers, by event, in the order they run')
    .option('--event <type>', 'of this event type')
    .option('--type <type>', anyOf(taskTypes))
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
  const label = output.json ? undefined : await eventLabel(client, handler.event);
  output.result(handler, () => handlerText(handler, label).trimEnd());
}
