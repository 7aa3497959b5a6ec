import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { stumblingBlocks } from '../accessibility.ts';
import { JournalStage, rowOf, type Identified } from '../journal-stage.ts';
import type { Site } from '../site.ts';

/** Ways to run an event again: replays, edited copies, and resuming what failed. */
export function describeReplays(site: () => Site): void {
  describe('what runs again', () => {
    let stage: JournalStage;
    beforeAll(async () => {
      stage = await JournalStage.open(site());
    });
    afterAll(() => stage.close());

    it('replays one event with the handlers that are chosen, and shows how it goes', async () => {
      const id = await stage.billing.publish({ type: 'clients.archive', objectId: 803 });
      await stage.untilStatus(id, 'succeeded');
      const before = stage.callsOf('Welcome').length;
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
      expect(stage.callsOf('Welcome')).toHaveLength(before + 1);
      const ids = stage.callsOf('Welcome').map(({ headers }) => headers['webhook-id']);
      expect(new Set(ids).size).toBe(ids.length);
      await rowOf(page, 'Events of the replay', '803').getByRole('link').click();
      await page
        .getByRole('list', { name: /^Replay / })
        .getByText('Welcome')
        .waitFor();
    });

    it('replays all that match, once it is said how many these are, and those that are ticked off', async () => {
      stage.refused.set('/Tariff', 422);
      const published = [1, 2, 3].map((n) =>
        stage.billing.publish({ type: 'clients.packages.renew', objectId: `r-${String(n)}` }),
      );
      for (const id of await Promise.all(published)) await stage.untilStatus(id, 'failed');
      stage.refused.delete('/Tariff');
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

    it('cancels a replay that is under way', async () => {
      stage.refused.set('/Slow%20CRM', 503);
      const id = await stage.billing.publish({ type: 'clients.custom_fields.update', objectId: 904 });
      await stage.untilStatus(id, 'waiting');
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
      stage.refused.set('/Bill', 422);
      const id = await stage.billing.publish({ type: 'clients.balance_zero', objectId: 907 });
      await stage.untilStatus(id, 'failed');
      stage.refused.delete('/Bill');
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
      const [first, second] = stage.callsOf('Bill').map(({ headers }) => headers['webhook-id']);
      expect(second).toBe(first);
    });

    it('replays an edited copy, which links to its original', async () => {
      const id = await stage.billing.publish({
        type: 'clients.archive',
        objectId: 908,
        data: { id: 908, name: 'Wrong' },
      });
      await stage.untilStatus(id, 'succeeded');
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
  });
}
