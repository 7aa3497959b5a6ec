import { afterAll, beforeAll, describe } from '@jest/globals';
import { findChromium } from '../../tools/browser/chromium.ts';
import { onlyWhere } from '../../tools/test/only-where.ts';
import { Site } from './site.ts';

const chromium = await findChromium((line) => process.stderr.write(`${line}\n`));

/**
 * Tests of pages, in the order given, on an installation of their own and in a browser.
 *
 * @param hasExecutor Whether an executor runs.
 */
export function describeConsole(
  name: string,
  pages: readonly ((site: () => Site) => void)[],
  hasExecutor = true,
): void {
  onlyWhere(
    describe,
    chromium !== undefined,
    'Chromium',
  )(name, () => {
    let site: Site;
    beforeAll(async () => {
      site = await Site.start(chromium!, hasExecutor);
    }, 120_000);
    afterAll(async () => site.stop(), 60_000);

    for (const describePage of pages) describePage(() => site);
  });
}
