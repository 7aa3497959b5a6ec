import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { stumblingBlocks } from '../accessibility.ts';
import type { Site } from '../site.ts';

/**
 * Pages that are looked at together: a visit costs more than a page. Each with what has to be on the screen by then;
 * the tests of the pages, which come before, have filled them.
 */
const pages: readonly [path: string, heading: string, prepare: (page: Page) => Promise<void>][] = [
  [
    '/',
    'Overview',
    async (page) => {
      const figure = page.getByRole('figure').first();
      await figure.getByText('Figures').click();
      await figure.getByRole('slider').focus();
    },
  ],
  ['/executors', 'Executors', (page) => page.getByText('Up to date', { exact: true }).waitFor()],
  [
    '/plan?event=clients.packages.close',
    'Plan',
    async (page) => {
      await page.getByRole('button', { name: 'Show plan' }).click();
      await page.getByRole('heading', { name: /would run/ }).waitFor();
    },
  ],
  ['/publish', 'Publish an event', (page) => page.getByRole('button', { name: 'Publish…' }).waitFor()],
  [
    '/rejected',
    'Rejected',
    async (page) => {
      await page.getByRole('table').getByRole('link').first().click();
      await page.getByRole('heading', { name: 'Errors' }).waitFor();
    },
  ],
  [
    '/api-keys?show=all',
    'API keys',
    async (page) => {
      await page.getByRole('row', { name: 'Ada admin' }).waitFor();
      expect(await stumblingBlocks(page)).toEqual([]);
      await page.getByRole('button', { name: 'New API key' }).click();
      await page.getByRole('dialog').waitFor();
    },
  ],
  ['/audit', 'Audit', (page) => page.getByRole('row').nth(1).waitFor()],
];

export function describeAccessibility(site: () => Site): void {
  describe('overview, executors, plan, publish, rejected, keys and audit', () => {
    it.each([
      ['light', 1440],
      ['dark', 360],
    ] as const)('is accessible, %s, %d pixels wide', async (colorScheme, width) => {
      await using visit = await site().visitAs('admin', { colorScheme, viewport: { width, height: 800 } });
      for (const [path, heading, prepare] of pages) {
        const page = await visit.open(path, heading);
        await prepare(page);
        expect({ path, blocks: await stumblingBlocks(page) }).toEqual({ path, blocks: [] });
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      }
    });
  });
}
