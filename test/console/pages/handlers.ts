import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { stumblingBlocks } from '../accessibility.ts';
import type { Site } from '../site.ts';

interface Handler {
  id: string;
  name: string;
  status: string;
}

export function describeHandlers(site: () => Site): void {
  describe('the list of handlers', () => {
    const handlers = new Map<string, Handler>();
    const make = async (input: object): Promise<void> => {
      const handler = await site().installation.json<Handler>('POST', '/handlers', input);
      handlers.set(handler.name, handler);
    };
    const statusOf = async (name: string): Promise<string> =>
      (await site().installation.json<Handler>('GET', `/handlers/${handlers.get(name)!.id}`)).status;
    const names = (page: Page): Promise<string[]> =>
      page.getByRole('table', { name: 'Handlers' }).getByRole('link').allInnerTexts();

    beforeAll(async () => {
      const http = { type: 'http', url: 'http://127.0.0.1:5000/api' };
      await make({ name: 'Create SIP account', event: 'clients.accounts.create', task: http });
      await make({ name: 'Send welcome letter', event: 'clients.create', task: { type: 'script', path: 'letter.py' } });
      await make({ name: 'Forget the client', event: 'clients.delete', task: http, status: 'disabled' });
      await make({ name: 'Old switch', event: 'clients.create', task: http });
      await site().installation.call('DELETE', `/handlers/${handlers.get('Old switch')!.id}`);
    });

    it('shows what each does, in the order of their priority', async () => {
      await using visit = await site().visitAs('viewer');
      const page = await visit.open('/handlers', 'Handlers');
      const row = page.getByRole('row', { name: 'Create SIP account' });
      await row.getByText('no runs').waitFor();
      const cells = await row.getByRole('cell').allInnerTexts();
      expect(cells.map((cell) => cell.replaceAll(/\s+/g, ' ').trim())).toEqual([
        `…${handlers.get('Create SIP account')!.id.slice(-8)} copy`,
        '1',
        'Create SIP account',
        'clients.accounts.create Accounts: create',
        'HTTP POST http://127.0.0.1:5000/api',
        'Enabled',
        '–',
        'no runs',
        '',
      ]);
      expect(await names(page)).toEqual(['Create SIP account', 'Forget the client', 'Send welcome letter']);
    });

    it('shows the label of each event type below its id, of the installation’s own too, and of an unknown one the id', async () => {
      await using visit = await site().visitAs('viewer', { viewport: { width: 390, height: 800 } });
      await visit.context.route('**/api/v1/event-types', async (route) => {
        const answer = await route.fetch();
        const { items } = (await answer.json()) as { items: { id: string; group: string; label: string }[] };
        const known = items.filter(({ id }) => id !== 'clients.delete');
        const own = known.map((type) =>
          type.id === 'clients.create' ? { ...type, group: 'Orders', label: 'shipped' } : type,
        );
        await route.fulfill({ response: answer, json: { items: own } });
      });
      const page = await visit.open('/handlers', 'Handlers');
      const event = async (handler: string): Promise<string> =>
        page.getByRole('row', { name: handler }).getByRole('cell').nth(3).innerText();
      await page.getByText('Accounts: create').waitFor();
      expect(await event('Create SIP account')).toBe('clients.accounts.create\nAccounts: create');
      expect(await event('Send welcome letter')).toBe('clients.create\nOrders: shipped');
      expect(await event('Forget the client')).toBe('clients.delete');
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    });

    it('is narrowed by a text, which stands in the address', async () => {
      await using visit = await site().visitAs('viewer');
      const page = await visit.open('/handlers', 'Handlers');
      await page.getByRole('searchbox').fill('letter');
      await page.waitForURL('**/handlers?q=letter');
      await page.getByText('1–1 of 1').waitFor();
      expect(await names(page)).toEqual(['Send welcome letter']);
      await page.getByRole('searchbox').fill('nothing like it');
      await page.getByText('No handlers match your filters').waitFor();
      await page.getByRole('button', { name: 'Show all' }).click();
      await page.getByText('1–3 of 3').waitFor();
      expect(await page.getByRole('searchbox').inputValue()).toBe('');
    });

    it('is narrowed by event, type and status in the advanced search, and shows by what', async () => {
      await using visit = await site().visitAs('viewer');
      const page = await visit.open('/handlers', 'Handlers');
      await page.getByRole('button', { name: 'Advanced Search' }).click();
      const dropDown = page.getByRole('dialog');
      const table = (await page.getByRole('table', { name: 'Handlers' }).boundingBox())!;
      const place = (await dropDown.boundingBox())!;
      // At the top right of the section: over the right half of the list, within its edges.
      expect(place.x).toBeGreaterThan(table.x + table.width / 2);
      expect(place.x + place.width).toBeLessThanOrEqual(table.x + table.width + 1);
      expect(place.y).toBeLessThan(table.y);
      expect(await dropDown.locator('label').allInnerTexts()).toEqual(['Event', 'Handler Type', 'Status']);
      const groups = dropDown.getByLabel('Event').locator('optgroup');
      await groups.first().waitFor({ state: 'attached' });
      const labels = await page.evaluate(`Array.from(document.querySelectorAll('optgroup'), ({ label }) => label)`);
      expect(labels).toEqual(['Clients', 'Accounts', 'Clients Packages']);
      await dropDown.getByLabel('Event').selectOption('clients.create');
      await dropDown.getByLabel('Handler Type').selectOption('HTTP');
      await dropDown.getByLabel('Status').selectOption('Archived');
      await dropDown.getByRole('button', { name: 'Search' }).click();
      await page.getByText('1–1 of 1').waitFor();
      expect(await names(page)).toEqual(['Old switch']);
      expect(new URL(page.url()).search).toBe('?event=clients.create&type=http&status=archived');
      await page.getByRole('button', { name: 'Status archived: remove this filter' }).click();
      await page.waitForURL('**/handlers?event=clients.create&type=http');
      await page.goBack();
      await page.getByText('1–1 of 1').waitFor();
    });

    it('is sorted by what its head says', async () => {
      await using visit = await site().visitAs('viewer');
      const page = await visit.open('/handlers', 'Handlers');
      const head = page.getByRole('columnheader', { name: 'Name' });
      await head.getByRole('button').click();
      await head.getByRole('button').click();
      await page.waitForURL('**/handlers?sort=-name');
      await page.locator('th[aria-sort=descending]').waitFor();
      await page.getByRole('row').nth(1).getByText('Send welcome letter').waitFor();
      expect(await names(page)).toEqual(['Send welcome letter', 'Forget the client', 'Create SIP account']);
    });

    it('enables and disables with a click on the status', async () => {
      await using visit = await site().visitAs('admin');
      const page = await visit.open('/handlers', 'Handlers');
      const status = (checked: boolean): Locator =>
        page.getByRole('switch', { name: 'Forget the client is enabled', checked });
      await status(false).click();
      await status(true).waitFor();
      expect(await statusOf('Forget the client')).toBe('enabled');
      await page.getByRole('alert').getByText('Forget the client is enabled.').waitFor();
      await status(true).press('Space');
      await status(false).waitFor();
      expect(await statusOf('Forget the client')).toBe('disabled');
    });

    it('changes nothing that somebody else has changed meanwhile, and shows how it is', async () => {
      await using visit = await site().visitAs('admin');
      const page = await visit.open('/handlers', 'Handlers');
      const status = page.getByRole('switch', { name: 'Send welcome letter is enabled' });
      await status.waitFor();
      const { id } = handlers.get('Send welcome letter')!;
      await site().installation.json('PATCH', `/handlers/${id}`, { status: 'disabled' });
      await status.click();
      await page.getByText('Somebody else has changed it since you read it.').waitFor();
      await page.getByRole('switch', { name: 'Send welcome letter is enabled', checked: false }).waitFor();
      expect(await statusOf('Send welcome letter')).toBe('disabled');
    });

    it('lets a viewer change nothing, and says why', async () => {
      await using visit = await site().visitAs('viewer');
      const page = await visit.open('/handlers', 'Handlers');
      const status = page.getByRole('switch', { name: 'Create SIP account is enabled' });
      await status.focus();
      await page.getByText('This takes the role admin; you are signed in as viewer.').waitFor();
      await status.press('Space');
      expect(await status.getAttribute('aria-disabled')).toBe('true');
      expect(await statusOf('Create SIP account')).toBe('enabled');
    });

    it('says what went wrong when it cannot be read, and reads it when asked again', async () => {
      await using visit = await site().visitAs('viewer');
      await visit.context.route('**/api/v1/handlers?*', (route) => route.abort());
      const page = await visit.open('/handlers', 'Handlers');
      await page.getByRole('alert').getByText('The registry does not answer').waitFor();
      await visit.context.unrouteAll();
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByText('1–3 of 3').waitFor();
    });

    it.each([
      ['light', 1440],
      ['dark', 360],
    ] as const)('can be used by everybody, %s, %d pixels wide', async (colorScheme, width) => {
      await using visit = await site().visitAs('admin', { colorScheme, viewport: { width, height: 800 } });
      const page = await visit.open('/handlers?event=clients.create', 'Handlers');
      await page.getByText('1–1 of 1').waitFor();
      expect(await stumblingBlocks(page)).toEqual([]);
      await page.getByRole('button', { name: 'Advanced Search' }).click();
      await page.getByRole('dialog').waitFor();
      expect(await stumblingBlocks(page)).toEqual([]);
    });
  });
}
