import type { Command } from 'commander';
import type { InSession } from '../session.ts';
import { addList } from './list.ts';
import { addPlan } from './plan.ts';
import { addPublish } from './publish.ts';
import { addEventResume } from '../failures/resume.ts';
import { addReplay } from '../replays/create.ts';
import { addShow } from './show.ts';

/** `provisor events …` */
export function addEvents(program: Command, inSession: InSession): void {
  const events = program.command('events').description('Publish, list, show, resume and replay events');
  addList(events, inSession);
  addShow(events, inSession);
  addPublish(events, inSession);
  addPlan(events, inSession);
  addEventResume(events, inSession);
  addReplay(events.command('replay'), inSession);
}
