import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { Billing } from '../../support/billing.ts';
import { eventually } from '../../support/eventually.ts';
import { RecordingTarget, type RecordedCall } from '../../support/recording-target.ts';
import { stumblingBlocks } from '../accessibility.ts';
import type { Site } from '../site.ts';

interface Identified {
  id: string;
}

/**
 * Events, the execution log, details, replays, and what waits: all about what handlers do, and so over the same ones.
 */
export function describeJournal(site: () => Site): void {
  describe('the journal', () => {
    let target: RecordingTarget;
    let billing: Billing;
    const handlers = new Map<string, string>();
    /** What the target refuses, by its path. */
    const refused = new Map<string, number>();

    const make = async (name: string, event: string, input: object = {}): Promise<void> => {
      const task = { type: 'http', url: target.url(`/${encodeURIComponent(name)}`) };
      const made = await site().installation.json<Identified>('POST', '/handlers', { name, event, task, ...input });
      handlers.set(name, made.id);
    };
    const callsOf = (name: string): RecordedCall[] =>
      target.calls.filter(({ path }) => path === `/${encodeURIComponent(name)}`);
    const untilStatus = async (id: string, status: string): Promise<void> => {
      await eventually(async () => {
        const event = await site().installation.json<{ status: string }>('GET', `/events/${id}`);
        return event.status === status ? true : undefined;
      });
    };
    const rowOf = (page: Page, table: string, text: string) =>
      page.getByRole('table', { name: table }).getByRole('row').filter({ hasText: text });

    beforeAll(async () => {
      target = await RecordingTarget.listen();
      target.reply = ({ path, headers }, response) => {
        const status = refused.get(path) ?? (headers['provisor-attempt'] === '1' && path === '/Switch' ? 503 : 200);
        const answer = { account: 4711, seen: headers['provisor-event-type'] };
        response.writeHead(status, { 'content-type': 'application/json', 'x-answered-by': 'switch 7' });
        response.end(JSON.stringify(answer));
      };
      billing = await Billing.connect(site().installation.servers.amqpUrl);
      const soon = { retry: { maxAttempts: 3, schedule: ['1s'] } };
      await make('Welcome', 'clients.archive');
      await make('Switch', 'clients.archive', soon);
      await make('Tariff', 'clients.packages.renew');
      await make('After the tariff', 'clients.packages.renew');
      await make('Bill', 'clients.balance_zero');
      await make('Lock', 'clients.balance_zero');
      await make('Slow CRM', 'clients.custom_fields.update', { retry: { maxAttempts: 3, schedule: ['1h'] } });
    });
    afterAll(async () => {
      // What other pages count is theirs.
      for (const id of handlers.values()) await site().installation.call('DELETE', `/handlers/${id}`);
      await billing.close();
      await target.close();
    });

    it('shows an event as soon as it comes, and all that was done about it', async () => {
      await using visit = await site().visitAs('operator', { viewport: { width: 1440, height: 900 } });
      const page = await visit.open('/events?live=on&objectId=801', 'Events');
      await page.getByText('No events match your filters').waitFor();
      const long = Array.from({ length: 20_000 }, (_, n) => `line ${String(n)}`);
      await billing.publish({ type: 'clients.archive', objectId: 801, data: { id: 801, password: 'plain', long } });
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
      refused.set('/Tariff', 422);
      const id = await billing.publish({ type: 'clients.packages.renew', objectId: 'p-7' });
      await untilStatus(id, 'failed');
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
      const search = { event: 'clients.packages.renew', handlerId: handlers.get('Tariff'), status: 'failed' };
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
      refused.set('/Tariff', 422);
      const data = { id: 's-1', phone: '+4915112345' };
      const id = await billing.publish({ type: 'clients.packages.renew', objectId: 's-1', data });
      await untilStatus(id, 'failed');
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

    it('replays one event with the handlers that are chosen, and shows how it goes', async () => {
      const id = await billing.publish({ type: 'clients.archive', objectId: 803 });
      await untilStatus(id, 'succeeded');
      const before = callsOf('Welcome').length;
      await using visit = await site().visitAs('operator');
      const page = await visit.open(`/events/${id}`, 'Clients: archive, object 803');
      await page.getByRole('button', { name: 'Replay…', exact: true }).click();
      const dialog = page.getByRole('dialog', { name: 'Replay this event?' });
      await dialog.getByText('Selected handlers').click();
      const go = dialog.getByRole('button', { name: 'Replay 1 event' });
      expect(await go.isDisabled()).toBe(true);
      await dialog.getByLabel('1. Welcome').check();
      expect(await stumblingBlocks(page)).toEqual([]);
      await go.click();
      await page.getByRole('heading', { level: 1, name: 'Replay' }).waitFor();
      await page.getByText('Finished', { exact: true }).first().waitFor();
      await page.getByText('1 of 1 done').waitFor();
      expect(callsOf('Welcome')).toHaveLength(before + 1);
      const ids = callsOf('Welcome').map(({ headers }) => headers['webhook-id']);
      expect(new Set(ids).size).toBe(ids.length);
      await rowOf(page, 'Events of the replay', '803').getByRole('link').click();
      await page
        .getByRole('list', { name: /^Replay / })
        .getByText('Welcome')
        .waitFor();
    });

    it('replays all that match, once it is said how many these are, and those that are ticked off', async () => {
      refused.set('/Tariff', 422);
      const published = [1, 2, 3].map((n) =>
        billing.publish({ type: 'clients.packages.renew', objectId: `r-${String(n)}` }),
      );
      for (const id of await Promise.all(published)) await untilStatus(id, 'failed');
      refused.delete('/Tariff');
      await using visit = await site().visitAs('operator');
      const page = await visit.open('/events?type=clients.packages.renew&status=failed&objectId=r-1', 'Events');
      await rowOf(page, 'Events', 'r-1').waitFor();
      await page.getByRole('button', { name: 'Replay all matching' }).click();
      const dialog = page.getByRole('dialog', { name: 'Replay these events?' });
      await dialog
        .getByText(
          /1 event, oldest first: failed events of clients.packages.renew \(Clients Packages: renew\), object r-1/,
        )
        .waitFor();
      await dialog.getByRole('button', { name: 'Replay 1 event' }).click();
      await page.getByText('1 of 1 done').waitFor();

      await visit.open('/events?type=clients.packages.renew&status=failed', 'Events');
      for (const object of ['r-2', 'r-3']) await rowOf(page, 'Events', object).getByRole('checkbox').check();
      await page.getByRole('button', { name: 'Replay 2 selected' }).click();
      await dialog.getByText('2 events:').waitFor();
      await dialog.getByRole('button', { name: 'Replay 2 events' }).click();
      await page.getByRole('heading', { level: 1, name: 'Replays' }).waitFor();
      await page.getByText('2 of 2 events are replayed.').waitFor();
      const rows = page.getByRole('table', { name: 'Replays' }).getByRole('row');
      for (const row of [1, 2]) await rows.nth(row).getByText('1 of 1 done').waitFor();
      expect(await stumblingBlocks(page)).toEqual([]);
    });

    it('has a key that waits tried now, and the execution of another given up', async () => {
      refused.set('/Slow%20CRM', 503);
      const type = 'clients.custom_fields.update';
      const [tried, behind, skipped] = [
        await billing.publish({ type, objectId: 901, key: 'tried' }),
        await billing.publish({ type, objectId: 902, key: 'tried' }),
        await billing.publish({ type, objectId: 903, key: 'skipped' }),
      ];
      for (const id of [tried, behind, skipped]) await untilStatus(id, 'waiting');
      await using visit = await site().visitAs('operator', {
        colorScheme: 'dark',
        viewport: { width: 1440, height: 900 },
      });
      const page = await visit.open('/waiting', 'Waiting');
      const row = rowOf(page, 'Waiting keys', 'object 901');
      await row.getByText('Clients: custom fields update').waitFor();
      expect((await row.innerText()).replaceAll(/\s+/g, ' ')).toMatch(
        /^ ?tried Retry Error status \S+ \S+ (now|.+ ago) Slow CRM clients.custom_fields.update Clients: custom fields update object 901 1 in (1 h|5\d min) .* 1 Retry now/,
      );
      expect(await stumblingBlocks(page)).toEqual([]);

      refused.delete('/Slow%20CRM');
      await row.getByRole('button', { name: 'Retry now: tried' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('1 later event of the key continues').waitFor();
      await dialog.getByText(/Last error, .*The target answered with an error status\. 503/).waitFor();
      await dialog.getByRole('button', { name: 'Retry now' }).click();
      await page.getByText('Slow CRM: succeeded').waitFor();
      await row.waitFor({ state: 'detached' });
      for (const id of [tried, behind]) await untilStatus(id, 'succeeded');

      await rowOf(page, 'Waiting keys', 'object 903')
        .getByRole('button', { name: 'Skip…: Slow CRM for skipped' })
        .click();
      await dialog
        .getByText(
          /Slow CRM is recorded as failed for clients.custom_fields.update \(Clients: custom fields update\), object 903/,
        )
        .waitFor();
      expect(await stumblingBlocks(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Skip', exact: true }).click();
      await rowOf(page, 'Waiting keys', 'object 903').waitFor({ state: 'detached' });
      await untilStatus(skipped, 'failed');
      await visit.open(`/events/${skipped}`, 'Clients: custom fields update, object 903');
      await page.getByText('An operator gave this execution up.').waitFor();
    });

    it('shows the original run and a replay apart, with a status that comes from all executions', async () => {
      refused.set('/Tariff', 422);
      refused.set('/Printer', 422);
      await make('Printer', 'clients.packages.deactivate', { onFailure: 'continue' });
      await make('Label', 'clients.packages.deactivate');
      refused.set('/Label', 422);
      const id = await billing.publish({ type: 'clients.packages.deactivate', objectId: 'two-failures' });
      await untilStatus(id, 'failed');
      refused.delete('/Label');
      const handlerIds = [handlers.get('Label')];
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
      await make('Switched off', 'clients.packages.close', { status: 'disabled' });
      const id = await billing.publish({ type: 'clients.packages.close', objectId: 805 });
      await untilStatus(id, 'succeeded');
      await using visit = await site().visitAs('viewer');
      const page = await visit.open(`/events/${id}`, 'Clients Packages: close, object 805');
      const row = page.getByRole('list', { name: 'Handlers', exact: true }).getByRole('listitem');
      expect((await row.first().innerText()).replaceAll(/\s+/g, ' ')).toMatch(
        /Switched off Skipped .*The handler was disabled\./,
      );
    });

    it('cancels a replay that is under way', async () => {
      refused.set('/Slow%20CRM', 503);
      const id = await billing.publish({ type: 'clients.custom_fields.update', objectId: 904 });
      await untilStatus(id, 'waiting');
      const { id: replayId } = await site().installation.json<Identified>('POST', `/events/${id}/replay`);
      await using visit = await site().visitAs('operator');
      const page = await visit.open(`/replays/${replayId}`, 'Replay');
      await page.getByText('1 waiting').waitFor();
      await page.getByRole('button', { name: 'Cancel replay' }).click();
      const dialog = page.getByRole('dialog', { name: 'Cancel this replay?' });
      await dialog.getByText('(1 of 1)').waitFor();
      // Not "Cancel" beside "Cancel replay".
      await dialog.getByRole('button', { name: 'Keep it running' }).waitFor();
      await dialog.getByRole('button', { name: 'Cancel replay' }).click();
      await page.getByText('Cancelled', { exact: true }).first().waitFor();
      // It says what it waits for.
      await visit.open(`/events/${id}`, 'Clients: custom fields update, object 904');
      await page.getByRole('alert').getByText('Slow CRM').waitFor();
      expect(await stumblingBlocks(page)).toEqual([]);
    });

    it('resumes a failed event with the same ids, and follows the operation to its end', async () => {
      refused.set('/Bill', 422);
      const id = await billing.publish({ type: 'clients.balance_zero', objectId: 907 });
      await untilStatus(id, 'failed');
      refused.delete('/Bill');
      await using visit = await site().visitAs('operator');
      const page = await visit.open(`/events/${id}`, 'Clients: balance became <=0, object 907');
      await page.getByRole('list', { name: 'Failures' }).getByText('Skipped: Lock').waitFor();
      await page.getByRole('button', { name: 'Resume…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Resume this event?' });
      await dialog.getByText('2 handlers would run').waitFor();
      await dialog.getByRole('button', { name: 'Resume', exact: true }).click();
      // The page shows the result without a reload.
      await page.getByRole('list', { name: 'Failures' }).getByText('Succeeded later').waitFor();
      await page.getByRole('button', { name: 'Show operation' }).click();
      await page.getByText('1 of 1 event').waitFor();
      const [first, second] = callsOf('Bill').map(({ headers }) => headers['webhook-id']);
      expect(second).toBe(first);
    });

    it('replays an edited copy, which links to its original', async () => {
      const id = await billing.publish({ type: 'clients.archive', objectId: 908, data: { id: 908, name: 'Wrong' } });
      await untilStatus(id, 'succeeded');
      await using visit = await site().visitAs('operator');
      const page = await visit.open(`/events/${id}`, 'Clients: archive, object 908');
      await page.getByRole('button', { name: 'Edit and replay…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Edit and replay' });
      const editor = dialog.getByRole('textbox', { name: 'Event' });
      await editor.fill((await editor.inputValue()).replace('Wrong', 'Right'));
      await dialog.getByRole('button', { name: 'Replay the copy' }).click();
      await page.getByRole('button', { name: 'Show replay' }).click();
      const copy = page.getByRole('table', { name: 'Events of the replay' }).getByRole('link');
      await copy.first().click();
      await page.getByRole('heading', { level: 1, name: 'Clients: archive, object 908' }).waitFor();
      await page.getByText('"name": "Right"').waitFor();
      await page.getByRole('main').getByRole('link', { name: id, exact: true }).click();
      await page.getByText('"name": "Wrong"').waitFor();
      await page.getByText('Edited copies').waitFor();
    });

    it('lets a viewer read, and neither replay, retry nor skip', async () => {
      await using visit = await site().visitAs('viewer');
      const page = await visit.open('/events?type=clients.archive', 'Events');
      const replay = page.getByRole('button', { name: 'Replay all matching' });
      await replay.focus();
      await page.getByText('This needs the role operator. You are signed in as viewer.').waitFor();
      await replay.press('Enter');
      expect(await page.getByRole('dialog').count()).toBe(0);
      expect(await page.getByRole('checkbox').count()).toBe(0);
      await visit.open('/waiting', 'Waiting');
      for (const name of [/^Retry now/, /^Skip…/]) {
        const button = page.getByRole('button', { name }).first();
        await button.waitFor();
        expect(await button.getAttribute('aria-disabled')).toBe('true');
      }
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
