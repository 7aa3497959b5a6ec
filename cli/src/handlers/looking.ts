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

const longestEventType = 'clients.custom_fields.update'.length;

const columns: readonly Column<HandlerView>[] = [
  { title: 'event', cut: 'start', least: longestEventType, value: ({ event }) => event },
  { title: 'priority', value: ({ priority }) => priority, align: 'right' },
  { title: 'name', cut: 'end', value: ({ name }) => name },
  { title: 'status', value: ({ status }) => status, style: ({ status }) => statusStyles[status] },
  { title: 'type', only: 'wide', value: ({ task }) => task.type },
  { title: 'calls', cut: 'start', value: ({ task }) => callsOf(task) },
  { title: 'id', only: 'wide', value: ({ id }) => id },
];

/** `handlers list` and `handlers get` */
export function addLooking(handlers: Command, inSession: InSession): void {
  handlers
    .command('list')
    .description('List handlers by event, in the order they run')
    .option('--event <type>', 'Event type, such as clients.update')
    .option('--type <type>', `Task type: ${anyOf(taskTypes)}`)
    .option('--status <list>', 'enabled, disabled, archived (comma-separated)')
    .option('-q, --q <text>', 'Search name, description, URL and path')
    .option(
      '--sort <list>',
      'name, event, priority, status, createdAt, updatedAt; - before one reverses it',
      'event,priority,name',
    )
    .action(inSession(list));
  handlers.command('get <handler>').description('Print a handler as YAML, by name or id').action(inSession(get));
}

async function list({ client, output }: Session, search: HandlerSearch): Promise<void> {
  const { event, type, status, q, sort } = search;
  const found = await firstItems(everyHandler(client, { event, type, status, q, sort }), Number.POSITIVE_INFINITY);
  output.list(found, columns, 'No handlers match. Create one with "provisor handlers create".');
}

async function get({ client, output }: Session, nameOrId: string): Promise<void> {
  const handler = await findHandler(client, nameOrId);
  const label = output.json ? undefined : await eventLabel(client, handler.event);
  output.result(handler, () => handlerText(handler, label).trimEnd());
}
