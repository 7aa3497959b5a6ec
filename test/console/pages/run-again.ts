import { beforeAll, describe, expect, it } from '@jest/globals';
import { stumblingBlocks } from '../accessibility.ts';
import { PlantedRows } from '../planted-rows.ts';
import type { Site } from '../site.ts';

interface Identified {
  id: string;
}

export function describeRunAgain(site: () => Site): void {
  describe('a failed event', () => {
    const heading = 'Clients: archive, object again';

    beforeAll(async () => {
      const task = { type: 'http', url: 'http://127.0.0.1:9/' };
      const make = async (name: string): Promise<string> => {
        const handler = { name, event: 'clients.archive', task };
        return (await site().installation.json<Identified>('POST', '/handlers', handler)).id;
      };
      const handlerId = await make('Close the mailbox');
      const skipped = [await make('Print the bill')];
      await using rows = await PlantedRows.open(site().installation.servers.databaseUrl);
      const event = { eventId: 'again', type: 'clients.archive', objectId: 'again', key: 'again' };
      const failed = { reason: 'timeout', message: 'no answer in 10 s', reached: 'maybe' } as const;
      await rows.failure({ ...event, ...failed, handlerId, skipped, attempts: 3 });
    });

    it('shows its failure, and says whether the call reached the target', async () => {
      await using visit = await site().visitAs('viewer');
      const page = await visit.open('/events/again', heading);
      const failure = page.getByRole('list', { name: 'Failures' }).getByRole('listitem');
      await failure.waitFor();
      expect((await failure.innerText()).replaceAll(/\s+/g, ' ')).toMatch(
        /^Close the mailbox Timeout no answer in 10 s The target may have received the call: it was sent, and no complete answer came\. Skipped: Print the bill 3 attempts, failed .* Open Settle… Assign…$/,
      );
      const attempt = page.getByRole('list', { name: 'Attempts' });
      await attempt.getByText('The target may have received the call').waitFor();
      const ways = page.getByRole('list', { name: 'Run again' });
      await ways.getByText('with the same execution IDs').waitFor();
      await ways.getByText('with new execution IDs').waitFor();
      expect(await ways.getByRole('button', { name: 'Resume…' }).getAttribute('aria-disabled')).toBe('true');
      expect(await stumblingBlocks(page)).toEqual([]);
    });

    it('is resumed after a look at the handlers that would run', async () => {
      await using visit = await site().visitAs('operator');
      const page = await visit.open('/events/again', heading);
      await page.getByRole('button', { name: 'Resume…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Resume this event?' });
      const run = dialog.getByRole('list', { name: 'Handlers that would run' }).getByRole('listitem');
      await run.first().waitFor();
      expect(await run.allInnerTexts()).toEqual(['Close the mailbox', 'Print the bill']);
      expect(await stumblingBlocks(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Resume', exact: true }).click();
      await page.getByRole('button', { name: 'Show operation' }).click();
      await page.getByRole('heading', { level: 1, name: 'Resume' }).waitFor();
      await page.getByRole('main').getByRole('link', { name: 'again', exact: true }).click();
      await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    });

    it('is edited and replayed as a new event', async () => {
      await using visit = await site().visitAs('operator');
      const page = await visit.open('/events/again', heading);
      await page.getByRole('button', { name: 'Edit and replay…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Edit and replay' });
      const editor = dialog.getByRole('textbox', { name: 'Event' });
      const original = await editor.inputValue();
      expect(await dialog.getByRole('button', { name: 'Replay the copy' }).isDisabled()).toBe(true);
      await editor.fill(original.replace('"clients.archive"', '"clients.unknown"'));
      await dialog.getByRole('button', { name: 'Replay the copy' }).click();
      await dialog.getByRole('list', { name: 'Errors: Event' }).getByText('event.events_id').waitFor();
      await editor.fill(original.replace('My name', 'My corrected name'));
      expect(await stumblingBlocks(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Replay the copy' }).click();
      await page.getByText('The copy is recorded as event').waitFor();
      await page.getByRole('button', { name: 'Show replay' }).click();
      await page.getByRole('heading', { level: 1, name: 'Replay' }).waitFor();
    });
  });
}
