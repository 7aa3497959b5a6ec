import { beforeAll, describe, expect, it } from '@jest/globals';
import { stumblingBlocks } from '../accessibility.ts';
import type { Site } from '../site.ts';

export function describeTargets(site: () => Site): void {
  describe('the pages of targets', () => {
    let handlerPath: string;
    beforeAll(async () => {
      const task = { type: 'http', url: 'https://erp.example:8443/api/x', headers: { authorization: 'Bearer k3pt' } };
      const input = { name: 'Tell the ERP', event: 'clients.archive', task };
      const { id } = await site().installation.json<{ id: string }>('POST', '/handlers', input);
      handlerPath = `/handlers/${id}`;
    });

    it('create a target with credentials, limits and a weekly window, and a handler that calls it', async () => {
      await using visit = await site().visitAs('admin');
      const page = await visit.open('/targets', 'Targets');
      await page.getByRole('button', { name: 'New Target' }).first().click();
      const form = page.getByRole('form', { name: 'Target' });
      await form.getByRole('textbox', { name: 'Name', exact: true }).fill('CRM');
      await form.getByRole('button', { name: 'Apply' }).click();
      await form.getByText('Enter a base URL').waitFor();
      await form.getByLabel('Base URL').fill('ftp://crm.example');
      await form.getByLabel('Type').selectOption('oauth2_client_credentials');
      await form.getByLabel('Token URL').fill('https://login.example/token');
      await form.getByLabel('Client ID').fill('provisor');
      await form.getByLabel('Client secret').first().fill('pl4nted');
      await form.getByText('Limits', { exact: true }).click();
      await form.getByLabel('Calls per second').fill('2.5');
      await form.getByText('Holds', { exact: true }).click();
      await form.getByRole('button', { name: 'Add a window' }).click();
      await form.getByLabel('Window 1: time zone').fill('Mars/Base');
      await form.getByRole('button', { name: 'Apply' }).click();
      await form.getByText('must be the name of a time zone').waitFor();
      expect(await form.getByText('must be an http:// or https:// URL').count()).toBe(1);
      expect(await stumblingBlocks(page)).toEqual([]);
      await form.getByLabel('Base URL').fill('crm.example/rest');
      await form.getByLabel('Window 1: time zone').fill('Europe/Berlin');
      await form.getByRole('button', { name: 'Apply' }).click();
      await page.getByRole('heading', { level: 1, name: 'CRM' }).waitFor();
      const settings = page.getByRole('region', { name: 'Settings' });
      await settings.getByText('OAuth 2.0 client credentials').waitFor();
      await settings.getByText('2.5 per second').waitFor();
      await settings.getByText('Sun 02:00–04:00, Europe/Berlin').waitFor();
      await page.getByText('No handler calls this target').waitFor();
      expect(await page.content()).not.toContain('pl4nted');

      await page.goto('/handlers');
      await page.getByRole('button', { name: 'New Handler' }).click();
      const handler = page.getByRole('form', { name: 'Handler' });
      await handler.getByRole('textbox', { name: 'Name', exact: true }).fill('Tell the CRM');
      await handler.getByLabel('Event').selectOption('clients.delete');
      await handler.getByText('http://', { exact: true }).click();
      await handler.getByText('Target', { exact: true }).first().click();
      await handler.getByRole('button', { name: 'Apply' }).click();
      await handler.getByText('Choose a target').waitFor();
      await handler.getByRole('combobox', { name: 'Target' }).selectOption({ label: 'CRM' });
      await handler.getByLabel('Path').fill('accounts');
      await handler.getByRole('button', { name: 'Apply' }).click();
      await handler.getByText('must begin with /').waitFor();
      await handler.getByLabel('Path').fill('/accounts');
      await handler.getByRole('button', { name: 'Apply' }).click();
      await page.getByRole('table', { name: 'Handlers' }).getByText('/accounts').waitFor();
    });

    it('hold a target with a forecast, show what is held, and release it', async () => {
      await using visit = await site().visitAs('operator');
      const page = await visit.open('/targets', 'Targets');
      await page.getByRole('link', { name: 'CRM' }).click();
      await page.getByRole('table', { name: 'Handlers' }).getByText('Tell the CRM').waitFor();
      await page.getByRole('button', { name: 'Hold…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Hold CRM' });
      expect(await dialog.getByRole('button', { name: 'Hold', exact: true }).isDisabled()).toBe(true);
      await dialog.getByLabel('Reason').fill('CRM upgrade');
      await dialog.getByText(/No forecast yet|About \d/).waitFor();
      expect(await stumblingBlocks(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Hold', exact: true }).click();
      await page.getByRole('status').getByText('CRM upgrade').waitFor();
      await page.getByText(/Held since .*, by Ada operator/).waitFor();
      await page.getByText('No event waits because of it.').waitFor();
      expect(await stumblingBlocks(page)).toEqual([]);
      await page.getByRole('link', { name: 'Tell the CRM' }).click();
      await page.getByRole('heading', { level: 1, name: 'Tell the CRM' }).waitFor();
      await page.getByRole('status').getByText('CRM upgrade').waitFor();
      await page.goto('/');
      const holds = page.getByRole('region', { name: 'Holds' });
      await holds.getByRole('link', { name: 'CRM' }).first().click();
      await page.getByRole('button', { name: 'Change hold…' }).click();
      const change = page.getByRole('dialog', { name: 'Change the hold of CRM' });
      expect(await change.getByLabel('Reason').inputValue()).toBe('CRM upgrade');
      await change.getByLabel('Ends').selectOption('When it is released');
      expect(await stumblingBlocks(page)).toEqual([]);
      await change.getByRole('button', { name: 'Apply' }).click();
      await page.getByText(/Held since .*, until it is released, by Ada operator/).waitFor();
      await page.getByRole('button', { name: 'Release' }).click();
      await page.getByText('CRM is released.').waitFor();
      await page.getByRole('button', { name: 'Hold…' }).waitFor();
    });

    it('make a target of the URL of a handler, in one click and a question', async () => {
      await using visit = await site().visitAs('admin');
      const page = await visit.open(handlerPath, 'Tell the ERP');
      await page.getByRole('button', { name: 'Make target…' }).click();
      await page.getByRole('button', { name: 'Make target', exact: true }).click();
      await page.getByRole('button', { name: 'Show target' }).click();
      await page.getByRole('heading', { level: 1, name: 'erp.example:8443' }).waitFor();
      await page.getByText('authorization: ***').waitFor();
      await page.getByRole('button', { name: 'Delete…' }).click();
      await page.getByRole('button', { name: 'Delete', exact: true }).click();
      await page.getByText(/is used by the handler "Tell the ERP"/).waitFor();
    });

    it.each([
      ['light', 1440],
      ['dark', 390],
    ] as const)('have no stumbling blocks, %s, at %i pixels', async (colorScheme, width) => {
      await using visit = await site().visitAs('viewer', { colorScheme, viewport: { width, height: 900 } });
      const page = await visit.open('/targets', 'Targets');
      await page.getByRole('link', { name: 'CRM' }).waitFor();
      expect(await stumblingBlocks(page)).toEqual([]);
      await page.getByRole('link', { name: 'CRM' }).click();
      await page.getByRole('table', { name: 'Handlers' }).waitFor();
      expect(await stumblingBlocks(page)).toEqual([]);
      const isTooWide = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';
      expect(await page.evaluate(isTooWide)).toBe(false);
    });
  });
}
