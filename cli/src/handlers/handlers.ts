import type { Command } from 'commander';
import { addHoldCommands } from '../holds/hold-commands.ts';
import type { InSession } from '../session.ts';
import { addCreate } from './create.ts';
import { addEdit } from './edit.ts';
import { addLooking } from './looking.ts';
import { addPreview } from './preview.ts';
import { addHandlerSet } from './set/handler-set.ts';
import { addStatusChanges } from './status.ts';
import { addTest } from './test-run.ts';

/** `provisor handlers …` */
export function addHandlers(program: Command, inSession: InSession): void {
  const handlers = program.command('handlers').description('Create, edit, test, export and apply handlers');
  addLooking(handlers, inSession);
  addCreate(handlers, inSession);
  addEdit(handlers, inSession);
  addStatusChanges(handlers, inSession);
  addHoldCommands(handlers, 'handler', inSession);
  addPreview(handlers, inSession);
  addTest(handlers, inSession);
  addHandlerSet(handlers, inSession);
}
