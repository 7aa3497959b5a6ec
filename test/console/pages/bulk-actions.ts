import { beforeAll, describe, expect, it } from '@jest/globals';
import { stumblingBlocks } from '../accessibility.ts';
import { PlantedRows } from '../planted-rows.ts';
import type { Site } from '../site.ts';

interface Identified {
  id: string;
}

interface Operations {
  items: object[];
}

export function describeBulkActions(site: () => Site): void {
  describe('bulk actions on waiting keys', () => {
    let handlerId: string;

    beforeAll(async () => {
      const task = { type: 'http', url: 'http://127.0.0.1:9/' };
      const handler = { name: 'Reset the router', event: 'clients.update', task };
      handlerId = (await site().installation.json<Identified>('POST', '/handlers', handler)).id;
      await using rows = await PlantedRows.open(site().installation.servers.databaseUrl);
      for (const [key, minutesAgo] of [
        ['old', 180],
        ['middle', 90],
        ['new', 5],
      ] as const) {
        await rows.waitingKey({ key, minutesAgo, handlerId, reason: 'retry' });
      }
      await rows.waitingKey({ key: 'busy', minutesAgo: 30, handlerId, reason: 'handler_busy' });
    });

    it('retry all that match, by reason and age, with a canary', async () => {
      await using visit = await site().visitAs('operator', { viewport: { width: 1440, height: 900 } });
      const page = await visit.open('/waiting', 'Waiting');
      await page.getByLabel('Handler', { exact: true }).selectOption('Reset the router');
      await page.getByLabel('Reason').selectOption('Retry');
      await page.waitForURL(/handlerId=.*reason=retry|reason=retry.*handlerId=/);
      await page.getByRole('button', { name: 'Retry all that match…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Retry all matching keys' });
      await dialog.getByText('3 keys with 3 waiting events.').waitFor();
      await dialog.getByText('Handler: Reset the router. Reason: Retry.').waitFor();
      await dialog.getByLabel('Waiting longer than').fill('soon');
      await dialog.getByText(/^must be/).waitFor();
      await dialog.getByLabel('Waiting longer than').fill('1h');
      await dialog.getByText('2 keys with 2 waiting events.').waitFor();
      await dialog.getByLabel('Canary').fill('1');
      await dialog.getByLabel('Note').fill('the router is back');
      expect(await stumblingBlocks(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Retry 2 keys' }).click();
      await page.getByText('Retry requested. An executor carries it out.').waitFor();
      const { items } = await site().installation.json<Operations>('GET', '/operations?kind=retry');
      expect(items).toMatchObject([
        {
          createdBy: 'Ada operator',
          canary: { size: 1, outcome: null },
          filter: { handlerId, reason: 'retry', waitingLongerThan: '1h' },
          note: 'the router is back',
        },
      ]);
    });

    it('skip selected keys at a pace', async () => {
      await using visit = await site().visitAs('operator', { viewport: { width: 1440, height: 900 } });
      const page = await visit.open('/waiting', 'Waiting');
      await page.getByRole('checkbox', { name: 'Select new' }).check();
      await page.getByRole('checkbox', { name: 'Select busy' }).check();
      await page.getByRole('button', { name: 'Skip 2 selected…' }).click();
      const dialog = page.getByRole('dialog', { name: 'Skip 2 keys' });
      await dialog.getByText('2 keys with 2 waiting events.').waitFor();
      await dialog.getByLabel('Per second').fill('5');
      await dialog.getByRole('button', { name: 'Skip 2 keys' }).click();
      await page.getByRole('button', { name: 'Show operation' }).click();
      await page.getByRole('heading', { level: 1, name: 'Skip' }).waitFor();
      await page.getByText('5 keys per second').waitFor();
      const { items } = await site().installation.json<Operations>('GET', '/operations?kind=skip');
      expect(items).toMatchObject([{ perSecond: 5, canary: null }]);
      const [{ filter }] = items as [{ filter: { partitionKeys: string[] } }];
      expect(filter.partitionKeys.toSorted()).toEqual(['busy', 'new']);
    });

    it('are closed to a viewer', async () => {
      await using visit = await site().visitAs('viewer');
      const page = await visit.open('/waiting', 'Waiting');
      for (const name of ['Retry all that match…', 'Skip all that match…']) {
        const button = page.getByRole('button', { name });
        await button.waitFor();
        expect(await button.getAttribute('aria-disabled')).toBe('true');
      }
      expect(await page.getByRole('checkbox').count()).toBe(0);
      expect(await stumblingBlocks(page)).toEqual([]);
    });
  });
}
