import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { stumblingBlocks } from '../accessibility.ts';
import { JournalStage, rowOf, type Identified } from '../journal-stage.ts';
import type { Site } from '../site.ts';

/** Events, the execution log, and the page of an event. */
export function describeJournal(site: () => Site): void {
  describe('the journal', () => {
    let stage: JournalStage;
    beforeAll(async () => {
      stage = await JournalStage.open(site());
    });
    afterAll(() => stage.close());

    it('shows an event as soon as it comes, and all that was done about it', async () => {
      await using visit = await site().visitAs('operator', { viewport: { width: 1440, height: 900 } });
      const page = await visit.open('/events?live=on&objectId=801', 'Events');
      await page.getByText('No events match your filters').waitFor();
      const long = Array.from({ length: 20_000 }, (_, n) => `line ${String(n)}`);
      await stage.billing.publish({
        type: 'clients.archive',
        objectId: 801,
        data: { id: 801, password: 'plain', long },
      });
      const row = rowOf(page, 'Events', '801');
      await row.getByText('Succeeded').waitFor();
      await row.getByRole('link', { name: 'clients.archive' }).click();
      await page.getByRole('heading', { level: 1, name: 'Clients: archive, object 801' }).waitFor();

      const chain = page.getByRole('list', { name: 'Handlers', exact: true }).locator('> li');
      expect(await chain.count()).toBe(2);
      expect(await chain.nth(0).innerText()).toMatch(/1\s+Welcome\s+Succeeded/);
      const attempts = chain.nth(1).getByRole('list', { name: 'Attempts' }).locator('> li');
      expect(await attempts.allInnerTexts()).toEqual([
        expect.stringMatching(/Attempt 1\s+Failed, retryable\s+Error status[^]*until the next attempt/),
        expect.stringMatching(/Attempt 2\s+Succeeded/),
      ]);
      expect(await page.locator('[data-timeline] [data-outcome]').count()).toBe(3);
      await attempts.nth(0).getByText('Attempt 1').click();
      await attempts.nth(0).getByText('The target answered with an error status.').waitFor();
      expect(await attempts.nth(0).getByRole('region', { name: 'Response headers' }).innerText()).toContain(
        'x-answered-by: switch 7',
      );
      expect(await attempts.nth(0).getByRole('region', { name: 'Response body' }).innerText()).toContain(
        '"account": 4711',
      );
      expect(await stumblingBlocks(page)).toEqual([]);

      const data = page.getByRole('region', { name: 'Data', exact: true });
      const folded = await data.innerText();
      expect(folded).toContain('"password": "***"');
      expect(folded.split('\n').length).toBeLessThan(200);
      await data.getByRole('button', { name: 'Show all: 20,006 lines' }).click();
      await data.getByText('line 19999').waitFor({ state: 'attached' });
      await page.getByText('Whole body', { exact: true }).click();
      const body = page.getByRole('region', { name: 'Whole body', exact: true });
      expect(await body.innerText()).toContain('"object_id": 801');
      expect(await data.count()).toBe(0);
    });

    it('has a log of what handlers did, narrowed in the address', async () => {
      stage.refused.set('/Tariff', 422);
      const id = await stage.billing.publish({ type: 'clients.packages.renew', objectId: 'p-7' });
      await stage.untilStatus(id, 'failed');
      await using visit = await site().visitAs('viewer', {
        colorScheme: 'dark',
        viewport: { width: 360, height: 740 },
      });
      const page = await visit.open('/executions', 'Execution log');
      await page.getByLabel('Event', { exact: true }).selectOption('clients.packages.renew');
      await page.getByLabel('Handler', { exact: true }).selectOption('Tariff');
      await page.getByLabel('Status').selectOption('Failed');
      await page.getByLabel('Object ID').fill('p-7');
      await page.getByLabel('Time').selectOption('Last hour');
      await page.waitForURL((url) => url.search.includes('objectId') && url.search.includes('period'));
      const search = { event: 'clients.packages.renew', handlerId: stage.handlers.get('Tariff'), status: 'failed' };
      expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({
        ...search,
        objectId: 'p-7',
        period: '1h',
      });
      const cells = rowOf(page, 'Executions', 'p-7').getByRole('cell');
      await cells.first().waitFor();
      expect((await cells.allInnerTexts()).map((cell) => cell.replaceAll(/\s+/g, ' ').trim())).toEqual([
        expect.stringMatching(/^…[0-9a-f]{8} copy$/),
        'Failed',
        expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
        'clients.packages.renew Clients Packages: renew',
        'Tariff HTTP',
        'p-7',
        '422 {"account":4711,"seen":"clients.packages.renew"}',
        expect.stringMatching(/^\d+(\.\d+)? m?s$/),
      ]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
      expect(await stumblingBlocks(page)).toEqual([]);
      await page.getByRole('link', { name: 'clients.packages.renew' }).click();
      await page.getByText('An earlier handler failed and stops later ones.').waitFor();
      expect(await stumblingBlocks(page)).toEqual([]);
    });

    it('is searched from one box, on each page: by an id, a value and the text of an error', async () => {
      stage.refused.set('/Tariff', 422);
      const data = { id: 's-1', phone: '+4915112345' };
      const id = await stage.billing.publish({ type: 'clients.packages.renew', objectId: 's-1', data });
      await stage.untilStatus(id, 'failed');
      await using visit = await site().visitAs('viewer', { viewport: { width: 360, height: 740 } });
      const page = await visit.open('/events', 'Events');
      const box = page.getByRole('searchbox', { name: 'Search events' });
      for (const text of [id, 's-1', '+4915112345', 'phone:+4915112345', 'account":4711,"seen":"CLIENTS.PACKAGES']) {
        await box.fill(text);
        await box.press('Enter');
        await page.waitForURL((url) => [...url.searchParams.values()].includes(text));
        await rowOf(page, 'Events', 's-1').waitFor();
      }
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
      expect(await stumblingBlocks(page)).toEqual([]);
      await box.fill('nothing like this');
      await box.press('Enter');
      await page.getByText('Answers and messages of the last day were searched').waitFor();

      await visit.open('/executions', 'Execution log');
      const other = page.getByRole('searchbox', { name: 'Search executions' });
      await other.fill(id);
      await other.press('Enter');
      await rowOf(page, 'Executions', 's-1').waitFor();
      await other.fill('+4915112345');
      await page.getByRole('button', { name: 'phone', exact: true }).click();
      await page.getByRole('heading', { level: 1, name: 'Events' }).waitFor();
      await rowOf(page, 'Events', 's-1').waitFor();
      expect(await page.getByRole('searchbox', { name: 'Search events' }).inputValue()).toBe('phone:+4915112345');
    });

    it('shows the original run and a replay apart, with a status that comes from all executions', async () => {
      stage.refused.set('/Tariff', 422);
      stage.refused.set('/Printer', 422);
      await stage.make('Printer', 'clients.packages.deactivate', { onFailure: 'continue' });
      await stage.make('Label', 'clients.packages.deactivate');
      stage.refused.set('/Label', 422);
      const id = await stage.billing.publish({ type: 'clients.packages.deactivate', objectId: 'two-failures' });
      await stage.untilStatus(id, 'failed');
      stage.refused.delete('/Label');
      const handlerIds = [stage.handlers.get('Label')];
      const { id: replayId } = await site().installation.json<Identified>('POST', `/events/${id}/replay`, {
        handlerIds,
      });
      await eventually(async () => {
        const { status } = await site().installation.json<{ status: string }>('GET', `/replays/${replayId}`);
        return status === 'finished' ? true : undefined;
      });
      await using visit = await site().visitAs('viewer');
      const page = await visit.open(`/events/${id}`, 'Clients Packages: deactivate, object two-failures');
      // One failure of two is made good for.
      const facts = page.locator('dl').first();
      expect(await facts.getByText('Failed', { exact: true }).count()).toBe(1);
      const section = (name: string) =>
        page.locator('section').filter({ has: page.getByRole('heading', { name, exact: true }) });
      expect(await section('Original run').innerText()).toMatch(/^Original run\s+Failed\s/);
      expect(await section('Replay').innerText()).toMatch(/^Replay\s+…[0-9a-f]{8}\s+Succeeded\s/);
      await visit.open('/events?hasFailures=true&objectId=two-failures', 'Events');
      await rowOf(page, 'Events', 'two-failures').getByText('Failed').waitFor();
    });

    it('records that a disabled handler was skipped', async () => {
      await stage.make('Switched off', 'clients.packages.close', { status: 'disabled' });
      const id = await stage.billing.publish({ type: 'clients.packages.close', objectId: 805 });
      await stage.untilStatus(id, 'succeeded');
      await using visit = await site().visitAs('viewer');
      const page = await visit.open(`/events/${id}`, 'Clients Packages: close, object 805');
      const row = page.getByRole('list', { name: 'Handlers', exact: true }).getByRole('listitem');
      expect((await row.first().innerText()).replaceAll(/\s+/g, ' ')).toMatch(
        /Switched off Skipped .*The handler was disabled\./,
      );
    });

    it('lets a viewer read, and not replay', async () => {
      await using visit = await site().visitAs('viewer');
      const page = await visit.open('/events?type=clients.archive', 'Events');
      const replay = page.getByRole('button', { name: 'Replay all matching' });
      await replay.focus();
      await page.getByText('This needs the role operator. You are signed in as viewer.').waitFor();
      await replay.press('Enter');
      expect(await page.getByRole('dialog').count()).toBe(0);
      expect(await page.getByRole('checkbox').count()).toBe(0);
    });

    it('says when the registry does not answer, and goes on when it does again', async () => {
      await using visit = await site().visitAs('viewer');
      const page = await visit.open('/events?live=on&objectId=801', 'Events');
      await rowOf(page, 'Events', '801').waitFor();
      await visit.context.setOffline(true);
      await page.getByRole('alert').getByText('The registry does not answer').waitFor();
      await visit.context.setOffline(false);
      await rowOf(page, 'Events', '801').waitFor();
      expect(await page.getByRole('alert').count()).toBe(0);
      await visit.open('/events/un%20known', 'Event');
      await page
        .getByRole('alert')
        .getByText(/un known/)
        .waitFor();
    });
  });
}
