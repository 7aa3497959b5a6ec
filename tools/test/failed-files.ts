import { writeFileSync } from 'node:fs';
import type { AggregatedResult, Reporter, TestContext } from '@jest/reporters';

/** Writes the paths of the files with a failed test to the file that `PROVISOR_FAILED_TESTS` names, one a line. */
export default class FailedFiles implements Pick<Reporter, 'onRunComplete'> {
  onRunComplete(_contexts: Set<TestContext>, { testResults }: AggregatedResult): void {
    const { PROVISOR_FAILED_TESTS: list } = process.env;
    if (list === undefined) return;
    const failed = testResults.filter((file) => file.numFailingTests > 0 || file.testExecError !== undefined);
    writeFileSync(list, failed.map(({ testFilePath }) => `${testFilePath}\n`).join(''));
  }
}
