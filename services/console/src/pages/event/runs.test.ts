import { describe, expect, it } from '@jest/globals';
import type { EventDetailsView } from '#contracts/rest-api';
import { runsOf } from './runs.ts';

type Part = { replayId: string | null; test: boolean };

describe('the runs of an event', () => {
  it('have their own status and executions: the original, each replay, tests', () => {
    const original = { replayId: null, test: false };
    const replay = { replayId: 'r-1', test: false };
    const test = { replayId: null, test: true };
    const run = (part: Part, status: string) => ({ ...part, status });
    const execution = (part: Part, handlerId: string) => ({ ...part, handlerId });
    const event = {
      runs: [run(original, 'failed'), run(replay, 'succeeded')],
      executions: [execution(original, 'a'), execution(original, 'b'), execution(replay, 'a'), execution(test, 'a')],
    } as unknown as EventDetailsView;
    const shown = runsOf(event).map(({ replayId, test: isTest, standing, executions }) => [
      replayId,
      isTest,
      standing?.status,
      executions.map(({ handlerId }) => handlerId).join(),
    ]);
    expect(shown).toEqual([
      [null, false, 'failed', 'a,b'],
      ['r-1', false, 'succeeded', 'a'],
      [null, true, undefined, 'a'],
    ]);
  });
});
