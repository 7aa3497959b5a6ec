import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Site } from '../site.ts';

export function describeAudit(site: () => Site): void {
  describe('the audit', () => {
    beforeAll(async () => {
      const { installation } = site();
      const task = { type: 'http', url: 'http://127.0.0.1:5000/', headers: { authorization: 'Bearer hunter2' } };
      const handler = { name: 'Watched', event: 'clients.packages.assign', task, status: 'disabled' };
      const { id } = await installation.json<{ id: string }>('POST', '/handlers', handler);
      const headers = { authorization: 'Bearer hunter3', 'x-site': 'graz' };
      await installation.json('PATCH', `/handlers/${id}`, { priority: 7, task: { ...task, headers } });
    });

    it('says who did what to what, from where, and what changed by it, without secrets', async () => {
      await using visit = await site().visitAs('viewer');
      const page = await visit.open('/audit', 'Audit');
      await page.getByLabel('Subject').fill('Watched');
      await page.waitForURL('**/audit?subject=Watched');
      const rows = page.getByRole('table', { name: 'Audit' }).getByRole('row');
      await rows.nth(2).waitFor();
      await page.locator('table[aria-busy=false]').waitFor();
      expect(await rows.count()).toBe(3);
      const [, who, action, subject, change] = await rows.nth(1).getByRole('cell').allInnerTexts();
      expect([who, action, subject]).toEqual([
        expect.stringMatching(/^bootstrap\s+with a key, 127\.0\.0\.1$/),
        'changed a handler',
        'Watched',
      ]);
      expect(change!.replaceAll(/\s+/g, ' ')).toContain('priority was 1 → , is now 7');
      expect(change).toContain('task.headers.x-site');
      expect(change).toContain('graz');
      expect(await page.content()).not.toContain('hunter');
      await page.getByLabel('Action').selectOption('Created a handler');
      await page.waitForURL('**/audit?subject=Watched&action=handler.create');
      await page.locator('table[aria-busy=false]').waitFor();
      await rows
        .nth(1)
        .getByRole('button', { name: /^and \d+ more$/ })
        .click();
      expect(await rows.nth(1).innerText()).toContain('task.headers.authorization ***');
      await page.getByLabel('Who').fill('Nobody');
      await page.getByText('No entries match your filters').waitFor();
      await page.getByRole('button', { name: 'Clear filters' }).click();
      await page.waitForURL('**/audit');
      await rows.nth(4).waitFor();
    });

    it('shows configuration changes only when asked to, and restores an earlier version of a handler', async () => {
      await using visit = await site().visitAs('admin');
      const page = await visit.open('/audit', 'Audit');
      const table = page.getByRole('table', { name: 'Audit' });
      await table.getByText('signed in').first().waitFor();
      await page.getByLabel('Action').selectOption('Configuration changes only');
      await page.waitForURL('**/audit?action=configuration');
      await page.locator('table[aria-busy=false]').waitFor();
      await table.getByText('changed a handler').first().waitFor();
      expect(await table.getByText('signed in').count()).toBe(0);

      await page.getByRole('button', { name: 'Restore this version: 1 of Watched' }).click();
      const dialog = page.getByRole('dialog', { name: 'Restore Version' });
      await dialog.getByText('Version 1 of').waitFor();
      await dialog.getByRole('button', { name: 'Apply' }).click();
      await page.getByText('Watched is restored to version 1.').waitFor();
      const { items } = await site().installation.json<{ items: object[] }>('GET', '/handlers?q=Watched');
      expect(items).toMatchObject([{ priority: 1, status: 'disabled', version: 3 }]);
      expect(JSON.stringify(items)).not.toContain('graz');
      expect(JSON.stringify(items)).toContain('***');
    });
  });
}
