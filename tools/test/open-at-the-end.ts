import type { AggregatedResult, Reporter, TestContext } from '@jest/reporters';
import { nameOf, openHandles } from './open-handles.ts';

/** How long Jest may take to end after the last result, in milliseconds: servers are stopped in that time. */
const endingMs = 120_000;

/**
 * Names what keeps Jest's own process from ending, and ends it. Only where tests run in that process (one file, or
 * `--runInBand`), what a test left open could do that; the environment has closed what it knew of.
 */
export default class OpenAtTheEnd implements Pick<Reporter, 'onRunComplete'> {
  readonly #isWatch: boolean;

  constructor({ watch, watchAll }: { watch: boolean; watchAll: boolean }) {
    this.#isWatch = watch || watchAll;
  }

  onRunComplete(_: Set<TestContext>, { success }: AggregatedResult): void {
    if (this.#isWatch) return;
    setTimeout(() => {
      process.stderr.write(`the run is over and did not end. Open: ${openHandles().map(nameOf).join('; ')}\n`);
      process.exit(success ? 1 : 2);
    }, endingMs).unref();
  }
}
