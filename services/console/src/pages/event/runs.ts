import type { EventDetailsView, EventExecutionView, EventRunView } from '#contracts/rest-api';

/** One time that an event was run: as it was received, by a replay, or to test handlers. */
export interface Run {
  /** Unique among the runs of an event. */
  readonly key: string;
  readonly replayId: string | null;
  readonly test: boolean;
  /** Undefined while only its attempts are in the journal. */
  readonly standing: EventRunView | undefined;
  readonly executions: readonly EventExecutionView[];
}

/** The runs of an event, in the order in which the API gives them; those without executions say nothing. */
export function runsOf({ runs, executions }: Pick<EventDetailsView, 'runs' | 'executions'>): Run[] {
  const standings = new Map(runs.map((run) => [keyOf(run), run]));
  return [...Map.groupBy(executions, keyOf)].map(([key, own]) => {
    const { replayId, test } = own[0]!;
    return { key, replayId, test, standing: standings.get(key), executions: own };
  });
}

function keyOf({ replayId, test }: Pick<EventRunView, 'replayId' | 'test'>): string {
  return `${test ? 'test' : 'run'} ${replayId ?? ''}`;
}
