import { createRequire } from 'node:module';
import type { Test } from '@jest/reporters';

const { default: Sequencer } = createRequire(import.meta.url)('@jest/test-sequencer') as {
  default: new () => { sort(tests: Test[]): Promise<Test[]> | Test[] };
};

const rank = ['system', 'servers', 'unit'];

/**
 * Starts the files that take long first, so that the run does not end with one worker that waits for the other. On a
 * machine that has no times of an earlier run, the project of a file says how long it may take.
 */
export default class LongestFirst extends Sequencer {
  override async sort(tests: Test[]): Promise<Test[]> {
    const sorted = await super.sort(tests);
    const rankOf = ({ context }: Test): number => rank.indexOf(context.config.displayName?.name ?? '');
    return [...sorted].sort((a, b) => (b.duration ?? 0) - (a.duration ?? 0) || rankOf(a) - rankOf(b));
  }
}
