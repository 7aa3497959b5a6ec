import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RecordingTarget } from '../../support/recording-target.ts';
import { stumblingBlocks } from '../accessibility.ts';
import type { Site } from '../site.ts';

export function describeHandler(site: () => Site): void {
  describe('the page of a handler', () => {
    let target: RecordingTarget;
    let path: string;
    const name = 'Tell the shop';
    beforeAll(async () => {
      target = await RecordingTarget.listen();
      target.reply = (_, response) => void response.setHeader('x-shop', 'open').end('{"sold":true}');
      const task = { type: 'http', url: target.url('/shop'), headers: { authorization: 'Bearer k3pt' } };
      const input = { name, event: 'clients.balance_zero', task, timeoutMs: 20_000 };
      const { id } = await site().installation.json<{ id: string }>('POST', '/handlers', input);
      path = `/handlers/${id}`;
    });
    afterAll(async () => target.close());

    it('tries it on an event, tells what is wrong with one and where, and shows the attempt, the log and the audit', async () => {
      await using visit = await site().visitAs('operator');
      const page = await visit.open(`${path}?tab=test`, name);
      await page.getByText('A test is a real call').waitFor();
      const editor = page.getByRole('textbox', { name: 'Event' });
      const sample = await editor.inputValue();
      await editor.fill(sample.replace('"data": {', '"data" {'));
      await page.getByRole('button', { name: 'Run test' }).click();
      expect(await page.evaluate('document.activeElement.tagName')).toBe('TEXTAREA');
      const faults = page.getByRole('list', { name: 'Errors: Event' });
      expect(await faults.innerText()).toMatch(/^Line 7, column \d+: expected a colon$/);
      await editor.fill(sample.replace('"events_id": "clients.balance_zero"', '"events_id": "clients.create"'));
      await page.getByRole('button', { name: 'Run test' }).click();
      await faults.getByText("event.events_id must be clients.balance_zero, the handler's").waitFor();
      expect(await faults.innerText()).toMatch(/^Line 4, column \d+: /);
      expect(target.calls).toEqual([]);

      await editor.fill(sample.replace('"data": {}', '"data": { "id": 9007199254740993 }'));
      await page.getByRole('button', { name: 'Run test' }).click();
      const attempt = page.getByRole('region', { name: 'Result' });
      await attempt.getByText('Status 200').waitFor();
      expect(await attempt.getByRole('region', { name: 'Body' }).innerText()).toBe('{"sold":true}');
      await attempt.locator('summary', { hasText: 'Headers' }).click();
      await attempt.getByText('x-shop: open').waitFor();
      const [call, ...others] = target.calls;
      expect(others).toEqual([]);
      expect(call).toMatchObject({ path: '/shop', headers: { authorization: 'Bearer k3pt' } });
      expect(call?.body).toContain('9007199254740993');

      await page.getByRole('tab', { name: 'Log' }).click();
      const row = page.getByRole('table', { name: 'Log' }).getByRole('row').nth(1);
      await row.getByText('{"sold":true}').waitFor();
      expect(await row.innerText()).toMatch(/Succeeded test/);
      await page.getByRole('tab', { name: 'Audit trail' }).click();
      const audit = page.getByRole('table', { name: 'Audit trail' });
      await audit.getByText('tested a handler').waitFor();
      expect(await audit.getByText('Ada operator').count()).toBe(1);
      await page.waitForURL('**?tab=audit');
    });

    it('makes, replaces and revokes secrets of its signatures, each shown once', async () => {
      await using visit = await site().visitAs('admin');
      const page = await visit.open(path, name);
      const signing = page.getByRole('region', { name: 'Signing', exact: true });
      const shown = async (): Promise<string> => signing.locator('code').innerText();
      await signing.getByRole('button', { name: 'Create a secret' }).click();
      await signing.getByText('New signing secret of').waitFor();
      const first = await shown();
      expect(first).toMatch(/^whsec_/);
      await signing.getByRole('button', { name: 'Replace the secret' }).click();
      await signing.getByRole('row').nth(2).waitFor();
      expect(await shown()).not.toBe(first);
      await signing.getByRole('button', { name: 'Revoke' }).first().click();
      const question = page.getByRole('dialog');
      await question.getByText(`Calls of ${name} are signed with the remaining secret only.`).waitFor();
      await question.getByRole('button', { name: 'Revoke' }).click();
      await signing.getByRole('row').nth(2).waitFor({ state: 'detached' });
      await visit.open(path, name);
      expect(await page.content()).not.toContain('whsec_');
    });

    it('archives after a question, restores, and disables', async () => {
      await using visit = await site().visitAs('admin');
      const page = await visit.open(path, name);
      await page.getByRole('button', { name: 'Archive' }).click();
      const question = page.getByRole('dialog', { name: `Archive ${name}?` });
      await question.getByText('It stops running for clients.balance_zero').waitFor();
      await question.getByRole('button', { name: 'Archive' }).click();
      await page.getByRole('button', { name: 'Restore' }).click();
      await page.getByRole('button', { name: 'Enable' }).click();
      await page.getByRole('button', { name: 'Disable' }).waitFor();
      const { status } = await site().installation.json<{ status: string }>('GET', path);
      expect(status).toBe('enabled');
    });

    it('lets a viewer look, and says why not more', async () => {
      await using visit = await site().visitAs('viewer');
      const page = await visit.open(`${path}?tab=test`, name);
      const calls = target.calls.length;
      await page.getByRole('button', { name: 'Run test' }).press('Enter');
      await page.getByText('This needs the role operator. You are signed in as viewer.').waitFor();
      await page.getByRole('button', { name: 'Edit' }).press('Enter');
      await page.getByText('This needs the role admin. You are signed in as viewer.').waitFor();
      expect(await page.getByRole('dialog').count()).toBe(0);
      expect(target.calls).toHaveLength(calls);
    });

    it.each([
      ['light', 1440],
      ['dark', 360],
    ] as const)('is accessible, %s, %d pixels wide', async (colorScheme, width) => {
      await using visit = await site().visitAs('admin', { colorScheme, viewport: { width, height: 900 } });
      const page = await visit.open(path, name);
      for (const tab of ['Settings', 'Log', 'Audit trail', 'Test']) {
        await page.getByRole('tab', { name: tab }).click();
        await page.getByRole('tabpanel', { name: tab }).waitFor();
        await page.waitForLoadState('networkidle');
        expect(await stumblingBlocks(page)).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
      }
    });

    it('says that there is no such handler', async () => {
      await using visit = await site().visitAs('viewer');
      const page = await visit.open('/handlers/01900000-0000-7000-8000-000000000000', 'Handler');
      await page.getByRole('alert').getByText('Failed to load the handler').waitFor();
    });
  });
}
