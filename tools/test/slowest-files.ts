import { relative } from 'node:path';
import type { Reporter, TestResult, Test } from '@jest/reporters';

const shown = 10;

/**
 * Prints the slowest test files of a run that had more than a few, so that a slow one is noticed when it becomes slow.
 */
export default class SlowestFiles implements Pick<Reporter, 'onTestResult' | 'onRunComplete'> {
  readonly #files: { path: string; seconds: number }[] = [];

  onTestResult(test: Test, { perfStats }: TestResult): void {
    const seconds = (perfStats.end - perfStats.start) / 1000;
    this.#files.push({ path: relative(test.context.config.rootDir, test.path), seconds });
  }

  onRunComplete(): void {
    if (this.#files.length <= shown) return;
    const slowest = this.#files.sort((a, b) => b.seconds - a.seconds).slice(0, shown);
    const lines = slowest.map(({ path, seconds }) => `  ${seconds.toFixed(1).padStart(6)} s  ${path}`);
    process.stderr.write(`\nThe ${String(shown)} slowest test files:\n${lines.join('\n')}\n`);
    this.#files.length = 0; // In watch mode, each run counts separately.
  }
}
