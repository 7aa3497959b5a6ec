import { setTimeout as delay } from 'node:timers/promises';
import { RegistryAway, type ExecutionView } from '#sdk';
import type { Session } from '../session.ts';
import { logLine } from './log-line.ts';
import { executionsOf, type LogFilter } from './executions.ts';

/** The registry does not push news. */
const betweenLooksMs = 1_000;
/**
 * The log is sorted by the start of attempts, and has them when they end: a long attempt is inserted before known ones.
 * So much of the log is read again each time; an attempt that takes longer may be missed.
 */
const overlapMs = 60_000;

/** Prints new entries of the log until Ctrl-C; waits for a registry that does not answer for a while. */
export async function followLog(session: Session, filter: LogFilter, shown: readonly ExecutionView[]): Promise<void> {
  const { output, signal } = session;
  const seen = new Map(shown.map((execution) => [attemptOf(execution), execution.date]));
  let newest = shown.at(-1)?.date ?? filter.from;
  for (let isAway = false; ;) {
    await delay(betweenLooksMs, undefined, { signal });
    try {
      const from = newest === undefined ? undefined : new Date(Date.parse(newest) - overlapMs).toISOString();
      for (const execution of await unseen(session, { ...filter, ...later(from, filter.from) }, seen)) {
        output.line(execution, () => logLine(execution, output));
        seen.set(attemptOf(execution), execution.date);
        if (newest === undefined || execution.date > newest) newest = execution.date;
      }
      forget(seen, from);
      isAway = false;
    } catch (error) {
      if (!(error instanceof RegistryAway)) throw error;
      if (!isAway) output.note(`the registry ${error.message}; waiting`);
      isAway = true;
    }
  }
}

async function unseen(
  { client }: Session,
  filter: LogFilter,
  seen: ReadonlyMap<string, string>,
): Promise<ExecutionView[]> {
  const found: ExecutionView[] = [];
  for await (const execution of executionsOf(client, filter, Number.POSITIVE_INFINITY)) {
    if (!seen.has(attemptOf(execution))) found.push(execution);
  }
  return found.reverse();
}

/** The log has each execution once, with its latest attempt. */
function attemptOf({ id, attempts, status }: ExecutionView): string {
  return `${id} ${attempts} ${status}`;
}

function later(one: string | undefined, other: string | undefined): { from?: string } {
  const [latest] = [one, other]
    .filter((each) => each !== undefined)
    .sort()
    .reverse();
  return latest === undefined ? {} : { from: latest };
}

function forget(seen: Map<string, string>, before: string | undefined): void {
  if (before === undefined) return;
  for (const [attempt, date] of seen) if (date < before) seen.delete(attempt);
}
