import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { Billing } from '../../support/billing.ts';
import { eventually } from '../../support/eventually.ts';
import type { Site } from '../site.ts';

export function describeRejected(site: () => Site): void {
  describe('rejected messages', () => {
    const bytes = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0xff, 0x00]);
    beforeAll(async () => {
      const billing = await Billing.connect(site().installation.servers.amqpUrl);
      const text = '{"event": {"events_id": "clients.create"}, "data": {"name": "\u202E<img src=x onerror=alert(1)>"}}';
      await billing.publishRaw('clients.create', Buffer.from(text), { contentType: 'application/json' });
      await billing.publishRaw('pictures', bytes, { contentType: 'image/png', headers: { origin: 'scanner' } });
      await billing.close();
      await eventually(async () => {
        const reasons = ['wrong_shape', 'unsupported_content_type'].map((reason) =>
          site().installation.json<{ items: object[] }>('GET', `/rejected?reason=${reason}`),
        );
        return (await Promise.all(reasons)).every(({ items }) => items.length > 0) || undefined;
      });
    });

    it('are shown with the reason and the body as it came, which does nothing', async () => {
      await using visit = await site().visitAs('viewer');
      const page = await visit.open('/rejected', 'Rejected');
      await page.getByLabel('Reason').selectOption('Missing or invalid fields');
      await page.waitForURL('**/rejected?reason=wrong_shape');
      await page.getByRole('row', { name: 'event.dt' }).getByRole('link').click();
      await page.waitForURL('**/rejected/*-*');
      const details = page.getByRole('main');
      await details.getByRole('listitem').filter({ hasText: 'event.dt' }).waitFor();
      const body = details.getByRole('region', { name: 'Body' });
      expect(await body.innerText()).toContain('"‹U+202E›<img src=x onerror=alert(1)>"');
      await details.getByText('Bytes').click();
      expect(await body.innerText()).toContain('00000000  7b 22 65 76 65 6e 74 22  3a 20 7b');
      await page.goBack();
      // What is no text is shown as bytes, and can be had as a file.
      await page.getByLabel('Reason').selectOption('Any');
      await page.getByLabel('Routing key').fill('pictures');
      await page.waitForURL('**/rejected?routingKey=pictures');
      await page.getByRole('row', { name: 'pictures' }).getByRole('link').press('Enter');
      await details.getByText('89 50 4e 47 0d 0a ff 00').waitFor();
      await details.getByText('"origin": "scanner"').waitFor();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        details.getByRole('link', { name: 'Download (8 B)' }).click(),
      ]);
      expect(await readFile(await download.path())).toEqual(bytes);
      expect(await page.getByRole('link', { name: 'Fix and publish' }).count()).toBe(0);
    });

    it('are corrected and published', async () => {
      await using visit = await site().visitAs('operator');
      const page = await visit.open('/rejected?reason=wrong_shape', 'Rejected');
      await page.getByRole('row', { name: 'event.dt' }).getByRole('link').click();
      await page.getByRole('link', { name: 'Fix and publish' }).click();
      await page.getByRole('heading', { level: 1, name: 'Publish an event' }).waitFor();
      const editor = page.getByRole('textbox', { name: 'Event' });
      await editor.waitFor();
      expect(await editor.inputValue()).toContain('<img src=x onerror=alert(1)>');
      await page.getByRole('button', { name: 'Publish…' }).click();
      const faults = page.getByRole('list', { name: 'Errors: Event' });
      await faults.getByText('event.dt').waitFor();
      const event = { dt: '2026-03-01T09:15:00+00:00', events_id: 'clients.create', object_id: 'fixed' };
      await editor.fill(JSON.stringify({ event, data: {} }));
      await page.getByRole('button', { name: 'Publish…' }).click();
      const question = page.getByRole('dialog', { name: 'Publish this event?' });
      await question.getByText('object fixed').waitFor();
      await question.getByRole('button', { name: 'Publish' }).click();
      const result = page.getByRole('region', { name: 'Result' });
      await result.getByRole('link', { name: 'Open the event' }).click();
      await page.getByRole('heading', { level: 1, name: 'Clients: create, object fixed' }).waitFor();
      const audit = await site().installation.json<{ items: object[] }>('GET', '/audit?action=event.publish&limit=1');
      expect(audit.items).toMatchObject([{ actor: { kind: 'session', name: 'Ada operator' } }]);
    });
  });
}
