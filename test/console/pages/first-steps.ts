import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RecordingTarget } from '../../support/recording-target.ts';
import { stumblingBlocks } from '../accessibility.ts';
import type { Site } from '../site.ts';

/** Of an installation without handlers and events, so before all others. */
export function describeFirstSteps(site: () => Site): void {
  describe('a new installation', () => {
    let target: RecordingTarget;
    beforeAll(async () => {
      target = await RecordingTarget.listen();
      target.reply = (_, response) => void response.end('{}');
    });
    afterAll(async () => target.close());

    it('leads from no handlers to a handler, a test, a published event and its result', async () => {
      await using visit = await site().visitAs('admin', { viewport: { width: 1440, height: 900 } });
      const page = await visit.open('/', 'Overview');
      const steps = page.getByRole('region', { name: 'First steps' });
      await steps.getByText('node:http').waitFor();
      await steps.getByRole('button', { name: 'Copy' }).waitFor();
      expect(await stumblingBlocks(page)).toEqual([]);
      await visit.open('/handlers', 'Handlers');
      await steps.getByRole('button', { name: 'Create a handler' }).click();
      const dialog = page.getByRole('dialog', { name: 'New Handler' });
      const url = dialog.getByRole('textbox', { name: 'URL' });
      expect(await url.inputValue()).toBe('127.0.0.1:5000/api');
      await url.fill(target.url('/api'));
      await dialog.getByRole('button', { name: 'Apply' }).click();

      await page.getByRole('alert').getByRole('button', { name: 'Test' }).click();
      await page.getByRole('heading', { level: 1, name: 'My first handler' }).waitFor();
      await page.getByRole('button', { name: 'Run test' }).click();
      await page.getByRole('region', { name: 'Result' }).getByText('Status 200').waitFor();

      await page.getByRole('link', { name: 'Publish an event' }).click();
      await page.getByRole('heading', { level: 1, name: 'Publish an event' }).waitFor();
      await page.getByLabel('Sample', { exact: true }).selectOption('clients.create');
      await page.getByRole('button', { name: 'Publish…' }).click();
      const question = page.getByRole('dialog', { name: 'Publish this event?' });
      await question.getByText('My first handler').waitFor();
      expect(target.calls).toHaveLength(1);
      await question.getByRole('button', { name: 'Publish' }).click();
      const result = page.getByRole('region', { name: 'Result' });
      await result.getByText('My first handler').waitFor();
      await result.getByText('Succeeded').first().waitFor();
      expect(await stumblingBlocks(page)).toEqual([]);
      expect(target.calls).toHaveLength(2);
      await visit.open('/', 'Overview');
      await page.getByText('Nothing needs attention.').waitFor();
      expect(await steps.count()).toBe(0);
    });

    it('lets a viewer publish nothing, and says why', async () => {
      await using visit = await site().visitAs('viewer');
      const page = await visit.open('/publish?event=clients.create', 'Publish an event');
      await page.getByRole('button', { name: 'Publish…' }).press('Enter');
      await page.getByText('This needs the role operator. You are signed in as viewer.').waitFor();
      expect(await page.getByRole('dialog').count()).toBe(0);
    });
  });
}
