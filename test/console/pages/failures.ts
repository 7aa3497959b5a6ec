import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { stumblingBlocks } from '../accessibility.ts';
import { PlantedRows } from '../planted-rows.ts';
import type { Site } from '../site.ts';

interface Identified {
  id: string;
}

const wide = { viewport: { width: 1440, height: 900 } };

export function describeFailures(site: () => Site): void {
  describe('failures', () => {
    const handlers = new Map<string, string>();

    const make = async (name: string, event: string): Promise<void> => {
      const task = { type: 'http', url: 'http://127.0.0.1:9/' };
      const { id } = await site().installation.json<Identified>('POST', '/handlers', { name, event, task });
      handlers.set(name, id);
    };
    const rowsOf = (page: Page, table: string) =>
      page.getByRole('table', { name: table, exact: true }).locator('tbody').getByRole('row');
    const textOf = async (page: Page, table: string): Promise<string[]> =>
      (await rowsOf(page, table).allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' '));

    beforeAll(async () => {
      await make('Open the account', 'clients.create');
      await make('Send the letter', 'clients.create');
      await make('Move the number', 'clients.update');
      await using rows = await PlantedRows.open(site().installation.servers.databaseUrl);
      const open = handlers.get('Open the account')!;
      const move = handlers.get('Move the number')!;
      const refused = { type: 'clients.create', handlerId: open, reason: 'http_status', reached: 'yes' } as const;
      const skipped = [handlers.get('Send the letter')!];
      for (const n of [1, 2, 3]) {
        const event = { eventId: `f-${String(n)}`, objectId: n, key: `k-${String(n)}`, minutesAgo: 60 - n };
        await rows.failure({ ...refused, ...event, skipped, message: 'status 422', attempts: n });
      }
      const late = { type: 'clients.update', handlerId: move, reason: 'timeout', message: 'after 10 s' } as const;
      await rows.failure({ ...late, eventId: 'f-late', objectId: 'late', key: 'k-late', reached: 'maybe' });
      await rows.event({ eventId: 'on-top', type: 'clients.update', objectId: 'late', key: 'k-late' });
    });

    it('are shown in groups, the largest first, and one by one with their effects', async () => {
      await using visit = await site().visitAs('viewer', wide);
      const page = await visit.open('/failures', 'Failures');
      await rowsOf(page, 'Groups of failures').getByText('Timeout').waitFor();
      const groups = await textOf(page, 'Groups of failures');
      expect(groups).toEqual([
        expect.stringMatching(/^Open the account Error status 3 3 59 min( \d+ s)? ago /),
        expect.stringMatching(/^Move the number Timeout 1 1 5 min( \d+ s)? ago /),
      ]);
      await rowsOf(page, 'Failures').getByText('object late').waitFor();
      const list = await textOf(page, 'Failures');
      expect(list[0]).toMatch(
        /^Move the number Timeout after 10 s The target may have received the call: it was sent, and no complete answer came\. 1 later event of the key ran since clients\.update Clients: update object late, key k-late 1 5 min.* Open/,
      );
      expect(list[1]).toMatch(
        /Open the account Error status status 422 The target received the call: it answered\. Skipped: Send the letter clients\.create .* 3 /,
      );
      const link = page.getByRole('link', { name: 'Failures 4 open' });
      await link.waitFor();
      await page.getByRole('link', { name: '1 later event of the key ran since' }).click();
      await page.getByRole('heading', { level: 1, name: 'Events' }).waitFor();
      await page.getByRole('table', { name: 'Events' }).getByText('late').first().waitFor();
    });

    it('are narrowed in the address by a group and by fields', async () => {
      await using visit = await site().visitAs('viewer', wide);
      const page = await visit.open('/failures', 'Failures');
      await page.getByRole('table', { name: 'Groups of failures' }).getByRole('link', { name: 'Open' }).click();
      await page.waitForURL(/handlerId=.*reason=http_status/);
      await rowsOf(page, 'Failures').nth(2).waitFor();
      await page.getByRole('table', { name: 'Groups of failures' }).waitFor({ state: 'detached' });
      await page.getByRole('search', { name: 'Failures' }).getByLabel('Object ID').fill('2');
      await page.waitForURL(/objectId=2/);
      await rowsOf(page, 'Failures').nth(1).waitFor({ state: 'detached' });
      expect((await textOf(page, 'Failures'))[0]).toContain('object 2, key k-2');
      await page.getByLabel('Reached').selectOption('Not received');
      await page.getByText('No failures match your filters').waitFor();
      await page.getByRole('button', { name: 'Clear filters' }).first().click();
      await rowsOf(page, 'Failures').nth(3).waitFor();
    });

    it('are searched, and an action is about what the search finds', async () => {
      await using visit = await site().visitAs('operator', wide);
      const page = await visit.open('/failures', 'Failures');
      const search = page.getByRole('searchbox', { name: 'Search failures' });
      await search.fill('f-2');
      await search.press('Enter');
      await page.waitForURL(/q=f-2/);
      await rowsOf(page, 'Failures').nth(1).waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Resume…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Resume all matching failures' });
      await dialog.getByText('1 failure of 1 event').waitFor();
    });

    it('tell a viewer who may act on them', async () => {
      await using visit = await site().visitAs('viewer', wide);
      const page = await visit.open('/failures', 'Failures');
      const resume = page.getByRole('button', { name: 'Resume…' });
      await resume.focus();
      await page.getByText('This needs the role operator. You are signed in as viewer.').waitFor();
      await resume.press('Enter');
      expect(await page.getByRole('dialog').count()).toBe(0);
      expect(await page.getByRole('checkbox').count()).toBe(0);
    });

    it('are assigned, settled with a note, and reopened', async () => {
      await using visit = await site().visitAs('operator', wide);
      const page = await visit.open('/failures', 'Failures');
      await page.getByRole('checkbox', { name: 'Select Open the account for object 1, event f-1' }).check();
      await page.getByText('1 selected:').waitFor();
      await page.getByRole('button', { name: 'Assign…' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('event f-1').waitFor();
      await dialog.getByRole('button', { name: 'Assign to me' }).click();
      expect(await stumblingBlocks(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Assign', exact: true }).click();
      await page.getByText('1 failure assigned.').waitFor();
      await page.getByRole('table', { name: 'Failures', exact: true }).getByText('Assigned to Ada operator').waitFor();

      await page.getByRole('checkbox', { name: 'Select Open the account for object 1, event f-1' }).check();
      await page.getByRole('button', { name: 'Settle…' }).click();
      await dialog.getByRole('radio', { name: 'Done by hand' }).check();
      await dialog.getByLabel('Note').fill('opened in the back office');
      await dialog.getByRole('button', { name: 'Settle', exact: true }).click();
      await page.getByText('1 failure settled.').waitFor();
      await rowsOf(page, 'Failures').nth(3).waitFor({ state: 'detached' });

      await page.getByLabel('State').selectOption('Settled');
      const settled = rowsOf(page, 'Failures').first();
      await settled.getByText('Done by hand by Ada operator').waitFor();
      await settled.getByText('Note: opened in the back office').waitFor();
      await page.getByRole('button', { name: 'Reopen…' }).click();
      await dialog.getByText('1 failure.').waitFor();
      await dialog.getByRole('button', { name: 'Reopen', exact: true }).click();
      await page.getByText('1 failure reopened.').waitFor();
      await page.getByText('No settled failures').waitFor();
    });

    it('are resumed, all that match, with a preview, a canary and a pace', async () => {
      await using visit = await site().visitAs('operator', wide);
      const page = await visit.open('/failures', 'Failures');
      await page.getByText('All that match:').waitFor();
      await page.getByRole('button', { name: 'Resume…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Resume all matching failures' });
      await dialog.getByText('4 failures of 4 events and 4 keys.').waitFor();
      await dialog.getByText('1 call may be made twice').waitFor();
      await dialog.getByLabel('Canary').fill('2');
      await dialog.getByLabel('Per second').fill('10');
      await dialog.getByLabel('Note').fill('the address is corrected');
      expect(await stumblingBlocks(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Resume 4 events' }).click();
      await page.getByRole('button', { name: 'Show operation' }).click();
      await page.getByRole('heading', { level: 1, name: 'Resume' }).waitFor();
      await page.getByText('Of all open failures.').waitFor();
      await page.getByText('2 events first; the rest follows if all succeed').waitFor();
      await page.getByText('10 events per second').waitFor();
      await page.getByText('the address is corrected').waitFor();
      await page.getByText('Not started yet').waitFor();
    });

    it('are counted on the overview and on the page of their handler, which resumes them', async () => {
      await using visit = await site().visitAs('operator', wide);
      const page = await visit.open('/', 'Overview');
      const figure = page.locator('dl > div').filter({ hasText: 'Open failures' });
      await figure.getByText('most: Open the account, 3').waitFor();
      expect(await figure.innerText()).toMatch(/Open failures\s+4\s/);
      await visit.open(`/handlers/${handlers.get('Open the account')!}`, 'Open the account');
      await page.getByText('3 open failures').waitFor();
      await page.getByRole('button', { name: 'Resume 3 failed…' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Resume 3 events' }).waitFor();
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('link', { name: 'Show failures' }).click();
      await rowsOf(page, 'Failures').nth(2).waitFor();
    });

    it.each([
      ['light', 1440],
      ['dark', 1440],
      ['light', 360],
    ] as const)('are accessible, %s, %d pixels wide', async (colorScheme, width) => {
      await using visit = await site().visitAs('operator', { colorScheme, viewport: { width, height: 900 } });
      const page = await visit.open('/failures', 'Failures');
      await rowsOf(page, 'Failures').getByText('object late').waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      expect(await stumblingBlocks(page)).toEqual([]);
    });
  });
}
