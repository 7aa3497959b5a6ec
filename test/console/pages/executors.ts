import { describe, expect, it } from '@jest/globals';
import type { Site } from '../site.ts';

interface Catalog {
  executors: { inForce: boolean; revision: number }[];
}

export function describeExecutors(site: () => Site): void {
  describe('the executors', () => {
    it('are listed with what they run, and load it again when an operator asks them to', async () => {
      await using visit = await site().visitAs('operator');
      const page = await visit.open('/executors', 'Executors');
      await page.getByText(/^The executor runs revision \d+$/).waitFor();
      const row = page.getByRole('table', { name: 'Executors' }).getByRole('row').nth(1);
      const cells = await row.getByRole('cell').allInnerTexts();
      expect(cells[2]).toMatch(/^\d+\s+Up to date$/);
      expect(cells[3]).toBe('all, by direct dispatch');
      expect(cells[6]).toBe('in sync');
      expect(cells[7]).toBe('none');
      await page.getByRole('button', { name: 'Reload' }).click();
      await page.getByText(/^Reload requested at .+ All executors are up to date\.$/).waitFor();
      const { items } = await site().installation.json<{ items: { action: string; actor: { name: string } }[] }>(
        'GET',
        '/audit?action=catalog.reload&limit=1',
      );
      expect(items).toMatchObject([{ actor: { name: 'Ada operator' } }]);
    });

    it('that lag are named, until they do not; a viewer asks them for nothing, and is told why', async () => {
      await using visit = await site().visitAs('viewer');
      // The executor drains too fast to look at, so the registry's answer is delayed a little.
      await visit.context.route('**/api/v1/catalog', async (route) => {
        const response = await route.fetch();
        const catalog = (await response.json()) as Catalog;
        const executors = catalog.executors.map((executor) => ({ ...executor, inForce: false, revision: 1 }));
        await route.fulfill({ response, json: { ...catalog, executors } });
      });
      const page = await visit.open('/executors', 'Executors');
      await page.getByText(/^1 of 1 executors does not run revision \d+ yet$/).waitFor();
      await page.getByText(/ runs revision 1 since /).waitFor();
      const reload = page.getByRole('button', { name: 'Reload' });
      await reload.focus();
      await page.getByText('This needs the role operator. You are signed in as viewer.').waitFor();
      expect(await reload.getAttribute('aria-disabled')).toBe('true');
      await visit.context.unrouteAll({ behavior: 'wait' });
      await page.getByText(/^The executor runs revision \d+$/).waitFor();
    });
  });
}
