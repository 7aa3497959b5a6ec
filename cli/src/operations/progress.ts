import { setTimeout as delay } from 'node:timers/promises';
import { answerOf, type OperationView } from '#sdk';
import { NegativeAnswer } from '../cli-error.ts';
import type { Session } from '../session.ts';
import { hasSucceeded, operationText } from './operation-text.ts';

/** The registry does not push the progress of an operation. */
const betweenLooksMs = 500;

/**
 * Prints operations, if wanted when they have ended.
 *
 * @throws {NegativeAnswer} When not everything of an operation succeeded.
 * @throws {AbortError} On Ctrl-C; says that the operations continue.
 */
export async function report(session: Session, operations: readonly OperationView[], wait: boolean): Promise<void> {
  const seen = wait ? await untilEnded(session, operations) : operations;
  for (const each of seen) session.output.line(each, () => operationText(each));
  if (wait && !seen.every(hasSucceeded)) throw new NegativeAnswer();
}

/** Waits until operations have ended; shows the progress. */
async function untilEnded(session: Session, operations: readonly OperationView[]): Promise<readonly OperationView[]> {
  const { output, signal } = session;
  const bar = output.progress(operations[0]?.kind ?? '');
  try {
    for (let seen = operations; ;) {
      if (seen.every(({ status }) => status !== 'requested' && status !== 'running')) return seen;
      show(bar, seen);
      await delay(betweenLooksMs, undefined, { signal });
      seen = await Promise.all(seen.map(({ id }) => look(session, id)));
    }
  } catch (error) {
    if (signal.aborted) {
      bar.end();
      output.note(`stopped waiting; these operations continue: ${operations.map(({ id }) => id).join(', ')}`);
    }
    throw error;
  } finally {
    bar.end();
  }
}

export function look({ client }: Session, id: string): Promise<OperationView> {
  return answerOf(client.GET('/api/v1/operations/{id}', { params: { path: { id } } }));
}

function show(bar: ReturnType<Session['output']['progress']>, seen: readonly OperationView[]): void {
  const sum = (count: (operation: OperationView) => number): number => seen.reduce((all, each) => all + count(each), 0);
  const isKnown = seen.every(({ total }) => total !== null);
  const failed = sum((operation) => operation.failed);
  const all = isKnown ? sum(({ total }) => total ?? 0) : null;
  bar.show(
    sum(({ done }) => done),
    all,
    failed > 0 ? `${failed} failed` : '',
  );
}
