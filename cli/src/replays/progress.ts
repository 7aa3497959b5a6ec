import { setTimeout as delay } from 'node:timers/promises';
import { answerOf, type ReplayView } from '#sdk';
import type { Session } from '../session.ts';

/** The registry does not push the progress of a replay. */
const betweenLooksMs = 500;

/**
 * Waits until replays are finished and each of their events succeeded, failed or waits; shows the progress.
 *
 * @throws {AbortError} On Ctrl-C; says that the replays continue.
 */
export async function untilFinished(session: Session, replays: readonly ReplayView[]): Promise<ReplayView[]> {
  const { output, signal } = session;
  const bar = output.progress('replaying');
  try {
    for (;;) {
      const seen = await Promise.all(replays.map((replay) => look(session, replay.id)));
      if (seen.every(isOver)) return seen;
      show(bar, seen);
      await delay(betweenLooksMs, undefined, { signal });
    }
  } catch (error) {
    if (signal.aborted) {
      bar.end();
      output.note(`stopped waiting; these replays continue: ${replays.map(({ id }) => id).join(', ')}`);
    }
    throw error;
  } finally {
    bar.end();
  }
}

function look({ client }: Session, id: string): Promise<ReplayView> {
  return answerOf(client.GET('/api/v1/replays/{id}', { params: { path: { id } } }));
}

function isOver({ status, published, succeeded, failed, waiting }: ReplayView): boolean {
  if (status === 'cancelled') return true;
  return status === 'finished' && succeeded + failed + waiting >= published;
}

function show(bar: ReturnType<Session['output']['progress']>, seen: readonly ReplayView[]): void {
  const sum = (count: (replay: ReplayView) => number): number => seen.reduce((all, each) => all + count(each), 0);
  const isKnown = seen.every(({ total }) => total !== null);
  const failed = sum((replay) => replay.failed);
  const done = sum(({ succeeded, failed: lost, waiting }) => succeeded + lost + waiting);
  bar.show(done, isKnown ? sum(({ total }) => total ?? 0) : null, failed > 0 ? `${failed} failed` : '');
}
