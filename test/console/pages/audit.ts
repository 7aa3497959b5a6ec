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
      await page.getByLabel('On what').fill('Watched');
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
      await page.getByLabel('Action').selectOption('Made a handler');
      await page.waitForURL('**/audit?subject=Watched&action=handler.create');
      await page.locator('table[aria-busy=false]').waitFor();
      await rows
        .nth(1)
        .getByRole('button', { name: /^and \d+ more$/ })
        .click();
      expect(await rows.nth(1).innerText()).toContain('task.headers.authorization ***');
      await page.getByLabel('Who').fill('Nobody');
      await page.getByText('Nothing is written down like that').waitFor();
      await page.getByRole('button', { name: 'Clear filters' }).click();
      await page.waitForURL('**/audit');
      await rows.nth(4).waitFor();
    });
  });
}
