import type { Command } from 'commander';
import type { InSession } from '../session.ts';
import { addList } from './list.ts';
import { addPublish } from './publish.ts';
import { addReplay } from './replay.ts';
import { addShow } from './show.ts';

/** `provisor events …` */
export function addEvents(program: Command, inSession: InSession): void {
  const events = program.command('events').description('what has happened, and what was done about it');
  addPublish(events, inSession);
  addList(events, inSession);
  addShow(events, inSession);
  addReplay(events, inSession);
}
