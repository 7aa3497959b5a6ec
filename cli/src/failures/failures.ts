import type { Command } from 'commander';
import type { InSession } from '../session.ts';
import { addDecisions } from './decisions.ts';
import { addLists } from './list.ts';
import { addResume } from './resume.ts';

/** `provisor failures …` */
export function addFailures(program: Command, inSession: InSession): void {
  const failures = program.command('failures').description('List, settle, assign and resume failures');
  addLists(failures, inSession);
  addDecisions(failures, inSession);
  addResume(failures, inSession);
}
