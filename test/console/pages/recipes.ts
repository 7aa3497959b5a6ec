import { describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { stumblingBlocks } from '../accessibility.ts';
import type { Site } from '../site.ts';
import type { Visit } from '../visit.ts';

interface Handler {
  name: string;
  task: { path?: string; body?: string };
}

/** Opens the dialog that makes handlers of a recipe, and chooses one. */
async function startFrom(visit: Visit, recipe: string): Promise<{ page: Page; dialog: Locator }> {
  const page = await visit.open('/handlers', 'Handlers');
  await page.getByRole('button', { name: 'New Handler' }).click();
  await page.getByRole('button', { name: 'Start from a recipe' }).click();
  const dialog = page.getByRole('dialog', { name: 'Start from a recipe' });
  await dialog.getByLabel('Recipe').selectOption(recipe);
  return { page, dialog };
}

export function describeRecipes(site: () => Site): void {
  describe('a recipe in the console', () => {
    it('asks for its parameters, shows what it would change, and makes that', async () => {
      await using visit = await site().visitAs('admin');
      const { page, dialog } = await startFrom(visit, 'Chat with incoming webhooks');
      const form = dialog.getByRole('form', { name: 'Chat with incoming webhooks' });
      await form.getByRole('button', { name: 'Preview' }).click();
      await form.getByText('It is needed: Address of the server').waitFor();
      await form.getByLabel('Address of the server').fill('not an address');
      await form.getByRole('button', { name: 'Preview' }).click();
      await form.getByText('It must match').waitFor();
      await form.getByLabel('Address of the server').fill('https://chat.example.com');
      await form.getByLabel('Path of the webhook').fill('/hooks/x');
      await form.getByRole('button', { name: 'Preview' }).click();
      await form.getByRole('status').getByText('New: Chat: new client').waitFor();
      expect(await stumblingBlocks(page)).toEqual([]);
      // What was previewed is what is made: a change asks for another look.
      await form.getByLabel('Field of the text').fill('content');
      await form.getByRole('button', { name: 'Preview' }).click();
      await form.getByRole('button', { name: 'Apply to 2 handlers' }).click();
      await page.getByText('2 handlers created or changed.').waitFor();
      await dialog.waitFor({ state: 'hidden' });
      const { items } = await site().installation.json<{ items: Handler[] }>('GET', '/handlers?q=Chat');
      const made = items.find(({ name }) => name === 'Chat: new client');
      expect(made?.task).toMatchObject({ path: '/hooks/x', body: expect.stringContaining('"content"') });
    });

    it('shows what the registry refuses at the parameter that it comes from', async () => {
      await using visit = await site().visitAs('admin');
      const { dialog } = await startFrom(visit, 'Kamailio');
      await dialog.getByLabel('SIP user').fill('"49" +');
      await dialog.getByRole('button', { name: 'Preview' }).click();
      await dialog.getByText('The recipe cannot be applied').waitFor();
      expect(await dialog.getByLabel('SIP user').getAttribute('aria-invalid')).toBe('true');
      expect(await dialog.getByLabel('Block list', { exact: true }).getAttribute('aria-invalid')).not.toBe('true');
    });

    it('names the files that executors need, and has its guide', async () => {
      await using visit = await site().visitAs('admin');
      const { dialog } = await startFrom(visit, 'Kamailio');
      await dialog.getByText('provisor recipes write kamailio').first().waitFor();
      await dialog.getByText('Guide', { exact: true }).click();
      await dialog.getByText('Clients whose balance is used up hear 402').waitFor();
    });
  });
}
