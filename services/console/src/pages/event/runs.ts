import type { EventExecutionView } from '#contracts/rest-api';

/** One time that an event was run: as it came, by a replay, or to try handlers. */
export interface Run {
  /** Stable among the runs of an event. */
  readonly key: string;
  readonly replayId: string | null;
  readonly test: boolean;
  readonly executions: readonly EventExecutionView[];
}

/** The executions of an event by its runs, in the order in which the API gives them. */
export function runsOf(executions: readonly EventExecutionView[]): Run[] {
  const groups = Map.groupBy(executions, ({ replayId, test }) => `${test ? 'test' : 'run'} ${replayId ?? ''}`);
  return [...groups].map(([key, own]) => ({ key, replayId: own[0]!.replayId, test: own[0]!.test, executions: own }));
}
