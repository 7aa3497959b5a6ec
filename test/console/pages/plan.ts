import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Site } from '../site.ts';

export function describePlan(site: () => Site): void {
  describe('the plan', () => {
    beforeAll(async () => {
      const { installation } = site();
      const task = { type: 'script', path: 'close.py' };
      const handler = { event: 'clients.packages.close', task };
      const make = (name: string, fields: object): Promise<{ id: string }> =>
        installation.json('POST', '/handlers', { ...handler, name, ...fields });
      await make('Remove the rights', { priority: 2 });
      await make('Close the line', { priority: 1, onFailure: 'detach' });
      await make('Write a letter', { status: 'disabled' });
      await make('Call the client', { priority: 8, condition: 'changed("reason")' });
      await make('Ask a person', { priority: 9, condition: 'data.unknown == 1' });
      const { id } = await make('Send a fax', {});
      await installation.call('DELETE', `/handlers/${id}`);
    });

    it('shows which handlers would run, in order, and why the others would not', async () => {
      await using visit = await site().visitAs('viewer');
      const page = await visit.open('/plan', 'Plan');
      await page.getByLabel('Sample', { exact: true }).selectOption('clients.packages.close');
      await page.waitForURL('**/plan?event=clients.packages.close');
      await page.getByLabel('Partition key').fill('client-7');
      await page.getByRole('button', { name: 'Show plan' }).click();
      await page.getByRole('heading', { name: '2 handlers would run in this order' }).waitFor();
      const runs = page.getByRole('list', { name: 'Handlers that would run' }).getByRole('listitem');
      expect(await runs.getByRole('link').allInnerTexts()).toEqual(['Close the line', 'Remove the rights']);
      expect(await runs.first().innerText()).toContain('Later handlers do not wait for its retries.');
      const others = page.getByRole('list', { name: 'Handlers that would not run' }).getByRole('listitem');
      const reasons = (await others.allInnerTexts()).map((text) => text.split('\n'));
      expect(reasons.map((lines) => [lines[0], lines.at(-1)])).toEqual([
        ['Write a letter', 'It is disabled.'],
        ['Call the client', 'Its condition is false for this event.'],
        [
          'Ask a person',
          expect.stringMatching(/^Its condition cannot be evaluated .+ No such key: unknown \(line 1, column 6\)$/),
        ],
        ['Send a fax', 'It is archived.'],
      ]);
      expect(await page.getByRole('region', { name: 'Plan', exact: true }).innerText()).toContain('client-7');
    });

    it('says at which place an event is wrong, and leads there', async () => {
      await using visit = await site().visitAs('viewer');
      const page = await visit.open('/plan?event=clients.create', 'Plan');
      const event = page.getByRole('textbox', { name: 'Event' });
      const show = page.getByRole('button', { name: 'Show plan' });
      await event.fill(
        '{\n  "event": {"dt": "yesterday", "events_id": "clients.create", "object_id": 1},\n  "data": {}\n}',
      );
      await show.click();
      const faults = page.getByRole('list', { name: 'Errors: Event' });
      await faults.getByText('event.dt').waitFor();
      await faults.getByRole('button', { name: 'Line 2, column 19' }).click();
      const selected =
        'document.activeElement.value.slice(document.activeElement.selectionStart, document.activeElement.selectionEnd)';
      expect(await page.evaluate(selected)).toBe('"yesterday"');
      await event.fill('{"event": }');
      await faults.getByText('expected a value').waitFor();
      await faults.getByRole('button', { name: 'Line 1, column 11' }).waitFor();
      // A slip does not lose a user's text.
      await page.getByLabel('Sample', { exact: true }).selectOption('clients.update');
      await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
      expect(await event.inputValue()).toBe('{"event": }');
    });
  });
}
