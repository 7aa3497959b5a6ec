import { describe, expect, it } from '@jest/globals';
import type { Site } from '../site.ts';

export function describeApiKeys(site: () => Site): void {
  describe('API keys', () => {
    const statusWith = async (key: string): Promise<number> =>
      (await fetch(`${site().url}/api/v1/handlers`, { headers: { authorization: `Bearer ${key}` } })).status;

    it('are made and shown once, work, and open nothing when they are revoked', async () => {
      await using visit = await site().visitAs('admin');
      const page = await visit.open('/api-keys', 'API keys');
      await page.getByRole('button', { name: 'New API key' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Create key' }).click();
      await dialog.getByText('must not be empty').waitFor();
      await dialog.getByLabel('Name').fill('Night shift');
      await dialog.getByLabel('operator: also publishes, replays, retries and tests').check();
      await dialog.getByLabel('Expires').selectOption('In 30 days');
      await dialog.getByRole('button', { name: 'Create key' }).click();
      await dialog.getByText('Provisor shows it only once').waitFor();
      const key = await dialog.locator('code').innerText();
      expect(key).toMatch(/^prov_[\da-f]{12}_/);
      expect(await statusWith(key)).toBe(200);
      await page.keyboard.press('Escape');
      await dialog.getByRole('button', { name: 'Done' }).click();
      await dialog.waitFor({ state: 'hidden' });
      expect(await page.content()).not.toContain(key);
      const row = page.getByRole('row', { name: 'Night shift' });
      await row.getByText(key.slice(0, 17)).waitFor();
      await row.getByRole('button', { name: 'Revoke Night shift' }).click();
      const question = page.getByRole('dialog', { name: 'Revoke the key Night shift?' });
      await question.getByText(key.slice(0, 17)).waitFor();
      await question.getByRole('button', { name: 'Revoke' }).click();
      await row.waitFor({ state: 'hidden' });
      expect(await statusWith(key)).toBe(401);
      await page.getByRole('switch', { name: /^Show expired and revoked keys/ }).check();
      await page.waitForURL('**/api-keys?show=all');
      await row.getByText('Revoked').waitFor();
    });

    it('of the last admin stay, and it is said what to do', async () => {
      await using visit = await site().visitAs('admin');
      // The installation has two, and the tests need both.
      await visit.context.route('**/api/v1/api-keys/*', (route) =>
        route.fulfill({
          status: 409,
          contentType: 'application/problem+json',
          json: { type: 'urn:provisor:problem:last-admin-key', title: 'Conflict', status: 409 },
        }),
      );
      const page = await visit.open('/api-keys', 'API keys');
      await page.getByRole('button', { name: 'Revoke Ada admin' }).click();
      await page.getByRole('dialog').getByText('You are signed in with this key').waitFor();
      await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
      await page.getByText('Create another admin key first').waitFor();
    });

    it('are neither made nor revoked by others', async () => {
      await using visit = await site().visitAs('operator');
      const page = await visit.open('/api-keys', 'API keys');
      const revoke = page.getByRole('button', { name: 'Revoke bootstrap' });
      expect(await revoke.getAttribute('aria-disabled')).toBe('true');
      const make = page.getByRole('button', { name: 'New API key' });
      await make.press('Enter');
      await page.getByText('This needs the role admin. You are signed in as operator.').waitFor();
      expect(await page.getByRole('dialog').count()).toBe(0);
    });
  });
}
