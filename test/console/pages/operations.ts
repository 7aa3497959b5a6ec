import { describe, expect, it } from '@jest/globals';
import { stumblingBlocks } from '../accessibility.ts';
import { PlantedRows } from '../planted-rows.ts';
import type { Site } from '../site.ts';

export function describeOperations(site: () => Site): void {
  describe('operations', () => {
    const open = (): Promise<PlantedRows> => PlantedRows.open(site().installation.servers.databaseUrl);

    it('are listed with their progress, and narrowed by kind and status', async () => {
      await using rows = await open();
      const run = { total: 40, released: 25, succeeded: 20, failed: 1 };
      await rows.operation({ kind: 'retry', filter: { reason: 'timeout' }, perSecond: 10, run });
      await using visit = await site().visitAs('viewer', { viewport: { width: 1440, height: 900 } });
      const page = await visit.open('/operations?kind=retry&status=running', 'Operations');
      const row = page.getByRole('table', { name: 'Operations' }).locator('tbody').getByRole('row');
      await row.first().waitFor();
      expect((await row.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' '))).toEqual([
        expect.stringMatching(
          /^Retry \S+ \S+ Running all waiting keys, reason Timeout 21 of 40 keys 20 succeeded 1 failed Ada operator Cancel operation$/,
        ),
      ]);
      const progress = row.getByRole('progressbar');
      expect(await progress.getAttribute('aria-valuetext')).toBe('21 of 40 keys');
      expect(await row.getByRole('button', { name: 'Cancel operation' }).getAttribute('aria-disabled')).toBe('true');
      expect(await stumblingBlocks(page)).toEqual([]);
      await page.getByLabel('Status').selectOption('Cancelled');
      await page.getByText('No operations match your filters').waitFor();
    });

    it('are followed on their page until the canary fails', async () => {
      await using rows = await open();
      const run = { total: 30, released: 3, succeeded: 2, failed: 0 };
      const id = await rows.operation({ kind: 'resume', canary: 3, run });
      await using visit = await site().visitAs('viewer', { colorScheme: 'dark' });
      const page = await visit.open(`/operations/${id}`, 'Resume');
      await page.getByText('2 of 30 events').waitFor();
      await page.getByText('3 events first; the rest follows if all succeed').waitFor();
      await rows.run(id, { ...run, failed: 1, canaryOutcome: 'failed', isFinished: true });
      await page.getByText('The canary failed').waitFor();
      await page.getByText('Of 3 events at least one failed, so the rest is untouched.').waitFor();
      expect(await page.getByRole('button', { name: 'Cancel operation' }).count()).toBe(0);
      expect(await stumblingBlocks(page)).toEqual([]);
    });

    it('are cancelled after a question', async () => {
      await using rows = await open();
      const run = { total: 100, released: 10, succeeded: 10, failed: 0 };
      const id = await rows.operation({ kind: 'skip', run });
      await using visit = await site().visitAs('operator');
      const page = await visit.open(`/operations/${id}`, 'Skip');
      await page.getByRole('button', { name: 'Cancel operation' }).click();
      const dialog = page.getByRole('dialog', { name: 'Cancel this skip?' });
      await dialog.getByText('10 of 100 keys are done and stay done.').waitFor();
      await dialog.getByRole('button', { name: 'Cancel operation' }).click();
      await page.getByText('The operation is cancelled.').waitFor();
      await page.locator('dl').getByText('Cancelled', { exact: true }).first().waitFor();
    });
  });
}
