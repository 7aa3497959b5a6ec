import type { Command } from 'commander';
import { taskTypes } from '#contracts';
import type { HandlerView } from '#sdk';
import { anyOf } from '../output/any-of.ts';
import type { Column, Style } from '../output/table.ts';
import type { InSession, Session } from '../session.ts';
import { eventLabel } from '../events/event-label.ts';
import { firstItems } from '../input/first-items.ts';
import { findTarget, namesOfTargets, type TargetNames } from '../targets/find-target.ts';
import { everyHandler, findHandler, type HandlerSearch } from './find-handler.ts';
import { handlerText } from './handler-text.ts';
import { callsOf } from './task-types.ts';

const statusStyles: Record<HandlerView['status'], Style | undefined> = {
  enabled: 'green',
  disabled: 'dim',
  archived: 'dim',
};

const longestEventType = 'clients.custom_fields.update'.length;

const columnsWith = (targetNames: TargetNames): readonly Column<HandlerView>[] => [
  { title: 'event', cut: 'start', least: longestEventType, value: ({ event }) => event },
  { title: 'priority', value: ({ priority }) => priority, align: 'right' },
  { title: 'name', cut: 'end', value: ({ name }) => name },
  {
    title: 'status',
    value: ({ status, hold }) => (hold === null || status !== 'enabled' ? status : 'held'),
    style: ({ status, hold }) => (hold === null ? statusStyles[status] : 'yellow'),
  },
  { title: 'type', only: 'wide', value: ({ task }) => task.type },
  { title: 'calls', cut: 'start', value: ({ task }) => callsOf(task, targetNames) },
  { title: 'id', only: 'wide', value: ({ id }) => id },
];

/** `handlers list` and `handlers get` */
export function addLooking(handlers: Command, inSession: InSession): void {
  handlers
    .command('list')
    .description('List handlers by event, in the order they run')
    .option('--event <type>', 'Event type, such as clients.update')
    .option('--type <type>', `Task type: ${anyOf(taskTypes)}`)
    .option('--target <target>', 'Calling this target, by name or id')
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
  const target = search.target === undefined ? undefined : (await findTarget(client, search.target)).id;
  const matching = everyHandler(client, { event, type, target, status, q, sort });
  const found = await firstItems(matching, Number.POSITIVE_INFINITY);
  const targetNames = await namesOfTargets(
    client,
    found.map(({ task }) => task),
  );
  output.list(found, columnsWith(targetNames), 'No handlers match. Create one with "provisor handlers create".');
}

async function get({ client, output }: Session, nameOrId: string): Promise<void> {
  const handler = await findHandler(client, nameOrId);
  const names = {
    eventLabel: output.json ? undefined : await eventLabel(client, handler.event),
    targetNames: await namesOfTargets(client, output.json ? [] : [handler.task]),
  };
  output.result(handler, () => handlerText(handler, names).trimEnd());
}
