import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { stumblingBlocks } from '../accessibility.ts';
import { JournalStage, rowOf } from '../journal-stage.ts';
import type { Site } from '../site.ts';

/** Keys that wait for their next attempt. */
export function describeWaiting(site: () => Site): void {
  describe('waiting keys', () => {
    let stage: JournalStage;
    beforeAll(async () => {
      stage = await JournalStage.open(site());
    });
    afterAll(() => stage.close());

    it('has a key that waits tried now, and the execution of another given up', async () => {
      stage.refused.set('/Slow%20CRM', 503);
      const type = 'clients.custom_fields.update';
      const [tried, behind, skipped] = [
        await stage.billing.publish({ type, objectId: 901, key: 'tried' }),
        await stage.billing.publish({ type, objectId: 902, key: 'tried' }),
        await stage.billing.publish({ type, objectId: 903, key: 'skipped' }),
      ];
      for (const id of [tried, behind, skipped]) await stage.untilStatus(id, 'waiting');
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

      stage.refused.delete('/Slow%20CRM');
      await row.getByRole('button', { name: 'Retry now: tried' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('1 later event of the key continues').waitFor();
      await dialog.getByText(/Last error, .*The target answered with an error status\. 503/).waitFor();
      await dialog.getByRole('button', { name: 'Retry now' }).click();
      await page.getByText('Slow CRM: succeeded').waitFor();
      await row.waitFor({ state: 'detached' });
      for (const id of [tried, behind]) await stage.untilStatus(id, 'succeeded');

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
      await stage.untilStatus(skipped, 'failed');
      await visit.open(`/events/${skipped}`, 'Clients: custom fields update, object 903');
      await page.getByText('An operator gave this execution up.').waitFor();
    });

    it('lets a viewer neither retry nor skip', async () => {
      stage.refused.set('/Slow%20CRM', 503);
      await stage.untilStatus(
        await stage.billing.publish({ type: 'clients.custom_fields.update', objectId: 905 }),
        'waiting',
      );
      await using visit = await site().visitAs('viewer');
      const page = await visit.open('/waiting', 'Waiting');
      for (const name of [/^Retry now/, /^Skip…/]) {
        const button = page.getByRole('button', { name }).first();
        await button.waitFor();
        expect(await button.getAttribute('aria-disabled')).toBe('true');
      }
    });
  });
}
