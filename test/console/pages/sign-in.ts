import { describe, expect, it } from '@jest/globals';
import { stumblingBlocks } from '../accessibility.ts';
import type { Site } from '../site.ts';

export function describeSignIn(site: () => Site): void {
  describe('the sign-in', () => {
    it('refuses a wrong key and says so; a right one leads to the page that was asked for', async () => {
      await using visit = await site().visit();
      const page = await visit.open('/handlers?q=sip', 'Sign in');
      expect(await page.title()).toBe('Sign in · Provisor');
      await page.getByLabel('API key').fill('prov_wrong');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').getByText('Invalid API key').waitFor();
      await page.getByLabel('API key', { exact: true }).fill(await site().keyFor('viewer'));
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('heading', { level: 1, name: 'Handlers' }).waitFor();
      expect(new URL(page.url()).search).toBe('?q=sip');
      expect(await page.title()).toBe('Handlers · Provisor');
    });

    it('leaves nothing of the key in the browser', async () => {
      await using visit = await site().visit();
      const page = await visit.open('/', 'Sign in');
      const key = await site().keyFor('operator');
      await page.getByLabel('API key').fill(key);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
      expect(JSON.stringify(await visit.context.storageState())).not.toContain(key);
      const [cookie] = await visit.context.cookies();
      expect(cookie).toMatchObject({ name: 'provisor_session', httpOnly: true, sameSite: 'Strict' });
    });

    it('says how long to wait when too many wrong keys came', async () => {
      const wrong = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"key":"wrong"}' };
      const url = `${site().url}/api/v1/session`;
      await using visit = await site().visit();
      const page = await visit.open('/', 'Sign in');
      await page.getByLabel('API key').fill('wrong too');
      // Right before: what was refused is forgiven, one attempt every few seconds.
      for (let status = 401; status !== 429;) ({ status } = await fetch(url, wrong));
      await page.keyboard.press('Enter');
      await page
        .getByRole('alert')
        .getByText(/Try again in \d+ seconds/)
        .waitFor();
    });

    it('says when the registry does not answer, and works when it does again', async () => {
      await using visit = await site().visit();
      const page = await visit.open('/', 'Sign in');
      await page.getByLabel('API key', { exact: true }).fill(await site().keyFor('viewer'));
      await visit.context.setOffline(true);
      await page.keyboard.press('Enter');
      await page.getByRole('alert').getByText('The registry does not answer').waitFor();
      await visit.context.setOffline(false);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
    });

    it.each(['light', 'dark'] as const)('is accessible, %s', async (colorScheme) => {
      await using visit = await site().visit({ colorScheme, viewport: { width: 360, height: 740 } });
      const page = await visit.open('/', 'Sign in');
      await page.getByText('Where do I find the first key?').click();
      expect(await stumblingBlocks(page)).toEqual([]);
    });
  });
}
