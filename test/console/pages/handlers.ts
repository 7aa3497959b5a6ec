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
      page.getByRole('table', { name: 'Handlers' }).getByRole('cell').getByRole('link').allInnerTexts();

    beforeAll(async () => {
      const http = { type: 'http', url: 'http://127.0.0.1:5000/api' };
      await make({ name: 'Create SIP account', event: 'clients.accounts.create', task: http });
      await make({ name: 'Send welcome letter', event: 'clients.create', task: { type: 'script', path: 'letter.py' } });
      await make({ name: 'Forget the client', event: 'clients.delete', task: http, status: 'disabled' });
      await make({ name: 'Old switch', event: 'clients.create', task: http });
      await site().installation.call('DELETE', `/handlers/${handlers.get('Old switch')!.id}`);
    });

    it('shows what each does, a line for each, grouped by event', async () => {
      await using visit = await site().visitAs('viewer');
      const page = await visit.open('/handlers', 'Handlers');
      const row = page.getByRole('row', { name: 'Create SIP account' });
      await row.getByText('no runs').waitFor();
      const cells = await row.getByRole('cell').allInnerTexts();
      expect(cells.map((cell) => cell.replaceAll(/\s+/g, ' ').trim())).toEqual([
        `…${handlers.get('Create SIP account')!.id.slice(-8)} copy`,
        '1',
        'Create SIP account',
        'HTTP POST 127.0.0.1:5000 /api',
        'Enabled',
        '–',
        'no runs',
        '',
      ]);
      const groups = page.getByRole('rowheader');
      expect(await groups.allInnerTexts()).toEqual([
        'clients.accounts.create (Accounts: create)',
        'clients.create (Clients: create)',
        'clients.delete (Clients: delete)',
      ]);
      expect(await names(page)).toEqual(['Create SIP account', 'Send welcome letter', 'Forget the client']);
    });

    it('takes one line for each at 1440 pixels, however long names and URLs are, and shows the path of a URL', async () => {
      const url = `https://${'provisioning.'.repeat(6)}example.net/api/accounts`;
      await make({ name: 'A long name '.repeat(12).trim(), event: 'clients.archive', task: { type: 'http', url } });
      await using visit = await site().visitAs('viewer', { viewport: { width: 1440, height: 900 } });
      const page = await visit.open('/handlers?q=long name', 'Handlers');
      const row = page.getByRole('row', { name: 'A long name' });
      await row.waitFor();
      const path = await row.getByText('/api/accounts', { exact: true }).boundingBox();
      const line = await row.boundingBox();
      await page.getByTitle(url).waitFor();
      await site().installation.call('DELETE', `/handlers/${handlers.get('A long name '.repeat(12).trim())!.id}`);
      expect(line!.height).toBeLessThan(45);
      // Thirteen characters, none of them cut.
      expect(path!.width).toBeGreaterThan(90);
    });

    it('stays a table at 1024 pixels, with fewer columns', async () => {
      await using visit = await site().visitAs('viewer', { viewport: { width: 1024, height: 768 } });
      const page = await visit.open('/handlers', 'Handlers');
      await page.getByText('1–3 of 3').waitFor();
      const heads = await page.getByRole('columnheader').allInnerTexts();
      expect(heads).toEqual(['Priority', 'Name', 'Handler', 'Status', 'Last outcome', 'Actions']);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(1024);
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
      const page = await visit.open('/handlers?sort=name', 'Handlers');
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
      await page.getByRole('button', { name: 'Clear filters' }).click();
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
      expect(labels).toEqual(['Clients', 'Accounts', 'Clients Packages', 'Provisor']);
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

    it('enables with a click on the status, and disables after a question that says what waits', async () => {
      await using visit = await site().visitAs('admin');
      const page = await visit.open('/handlers', 'Handlers');
      const status = (checked: boolean): Locator =>
        page.getByRole('switch', { name: 'Forget the client is enabled', checked });
      await status(false).click();
      await status(true).waitFor();
      expect(await statusOf('Forget the client')).toBe('enabled');
      await page.getByRole('alert').getByText('Forget the client is enabled.').waitFor();
      await visit.context.route('**/api/v1/deferrals/preview', (route) =>
        route.fulfill({ json: { keys: 3, events: 5 } }),
      );
      const question = page.getByRole('dialog', { name: 'Disable Forget the client?' });
      await status(true).press('Space');
      await question.getByText('3 executions wait for it and are skipped.').waitFor();
      await question.getByRole('button', { name: 'Cancel' }).click();
      await question.waitFor({ state: 'detached' });
      expect(await statusOf('Forget the client')).toBe('enabled');
      await status(true).press('Space');
      await question.getByRole('button', { name: 'Disable' }).click();
      await status(false).waitFor();
      expect(await statusOf('Forget the client')).toBe('disabled');
    });

    it('refuses a change of an older version, and shows the current one', async () => {
      await using visit = await site().visitAs('admin');
      const page = await visit.open('/handlers', 'Handlers');
      const status = page.getByRole('switch', { name: 'Send welcome letter is enabled' });
      await status.waitFor();
      const { id } = handlers.get('Send welcome letter')!;
      await site().installation.json('PATCH', `/handlers/${id}`, { status: 'disabled' });
      await status.click();
      await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
      await page.getByText('Someone else changed it.').waitFor();
      await page.getByRole('switch', { name: 'Send welcome letter is enabled', checked: false }).waitFor();
      expect(await statusOf('Send welcome letter')).toBe('disabled');
    });

    it('lets a viewer change nothing, and says why', async () => {
      await using visit = await site().visitAs('viewer');
      const page = await visit.open('/handlers', 'Handlers');
      const status = page.getByRole('switch', { name: 'Create SIP account is enabled' });
      await status.focus();
      await page.getByText('This needs the role admin. You are signed in as viewer.').waitFor();
      await status.press('Space');
      expect(await status.getAttribute('aria-disabled')).toBe('true');
      expect(await statusOf('Create SIP account')).toBe('enabled');
    });

    it('says what went wrong when it cannot be read, and reads it when asked again', async () => {
      await using visit = await site().visitAs('viewer');
      await visit.context.route('**/api/v1/handlers?*', (route) => route.abort());
      const page = await visit.open('/handlers', 'Handlers');
      await page.getByRole('alert').getByText('The registry does not answer').waitFor();
      await visit.context.unrouteAll({ behavior: 'wait' });
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByText('1–3 of 3').waitFor();
    });

    it.each([
      ['light', 1440],
      ['dark', 360],
    ] as const)('is accessible, %s, %d pixels wide', async (colorScheme, width) => {
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
