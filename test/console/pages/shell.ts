import { describe, expect, it } from '@jest/globals';
import type { Site } from '../site.ts';

export function describeShell(site: () => Site): void {
  describe('around every page', () => {
    it('stands who is signed in, and the way out', async () => {
      await using visit = await site().visitAs('operator');
      const page = await visit.open('/', 'Overview');
      const account = page.getByRole('region', { name: 'Account' });
      expect(await account.innerText()).toMatch(/Ada operator\s+operator/);
      await account.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
      expect((await visit.context.request.get('/api/v1/session')).status()).toBe(401);
    });

    it('comes the sign-in when the session has ended, and the page comes back after it', async () => {
      await using visit = await site().visitAs('viewer');
      const page = await visit.open('/audit', 'Audit');
      await page.getByLabel('Who').fill('sip');
      await page.waitForLoadState('networkidle');
      await visit.context.clearCookies();
      // The key makes the page load its list, unless it has done so already and shows the sign-in.
      await page.keyboard.press('Space');
      await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
      await page.getByLabel('API key').fill(await site().keyFor('viewer'));
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name: 'Audit' }).waitFor();
      expect((await page.getByLabel('Who').inputValue()).trim()).toBe('sip');
    });

    it('leads a keyboard past the navigation, and to the heading of a page that opens', async () => {
      await using visit = await site().visitAs('viewer');
      const page = await visit.open('/nowhere', 'Page not found');
      const focused = (): Promise<string> => page.evaluate('document.activeElement.textContent');
      await page.keyboard.press('Tab');
      expect(await focused()).toBe('Skip to content');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      expect(await focused()).toBe('Go to Overview');
      await page.getByRole('link', { name: 'Handlers' }).press('Enter');
      await page.getByRole('heading', { level: 1, name: 'Handlers' }).waitFor();
      expect(await focused()).toBe('Handlers');
    });

    it('is a navigation that folds away where there is no room, and nothing that is too wide', async () => {
      await using visit = await site().visitAs('viewer', { viewport: { width: 360, height: 740 } });
      const page = await visit.open('/handlers', 'Handlers');
      const link = page.getByRole('link', { name: 'Handlers' });
      expect(await link.isVisible()).toBe(false);
      await page.getByRole('button', { name: 'Open navigation' }).click();
      await link.click();
      await page.getByRole('button', { name: 'Open navigation' }).waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    });

    it('is a navigation that a long name does not widen', async () => {
      await using visit = await site().visitAs('viewer');
      await visit.context.route('**/api/v1/session', async (route) => {
        const answer = await route.fetch();
        const session = (await answer.json()) as object;
        await route.fulfill({ response: answer, json: { ...session, name: 'billing-production-'.repeat(5) } });
      });
      const page = await visit.open('/', 'Overview');
      const [account, signOut] = [
        (await page.getByRole('region', { name: 'Account' }).boundingBox())!,
        (await page.getByRole('button', { name: 'Sign out' }).boundingBox())!,
      ];
      expect(account.width).toBeLessThanOrEqual(208);
      expect(signOut.x + signOut.width).toBeLessThanOrEqual(account.x + account.width);
    });

    it('stands a policy that applies no style and runs no script but its own', async () => {
      const visit = await site().visitAs('viewer');
      const page = await visit.open('/handlers', 'Handlers');
      expect(visit.faults).toEqual([]);
      await page.evaluate(`document.head.append(
        Object.assign(document.createElement('style'), { textContent: 'body { display: none }' }),
        Object.assign(document.createElement('script'), { textContent: 'document.title = "harmed"' }))`);
      expect(await page.title()).toBe('Handlers · Provisor');
      expect(await page.locator('body').isVisible()).toBe(true);
      await expect(visit[Symbol.asyncDispose]()).rejects.toThrow(/style-src-elem inline[^]*script-src-elem inline/);
    });

    it('is light or dark as one likes, and stays so', async () => {
      await using visit = await site().visitAs('viewer', { colorScheme: 'light' });
      const page = await visit.open('/handlers', 'Handlers');
      const scheme = (): Promise<string | null> => page.locator('html').getAttribute('data-mantine-color-scheme');
      expect(await scheme()).toBe('light');
      await page.getByTitle('Dark').click();
      expect(await scheme()).toBe('dark');
      await visit.open('/handlers', 'Handlers');
      expect(await scheme()).toBe('dark');
    });
  });
}
