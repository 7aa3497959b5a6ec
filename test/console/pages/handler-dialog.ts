import { describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { RecordingTarget } from '../../support/recording-target.ts';
import { stumblingBlocks } from '../accessibility.ts';
import type { Site } from '../site.ts';

interface Handler {
  id: string;
  name: string;
  task: { headers?: Record<string, string>; args?: string[]; mode?: string; url?: string };
  status: string;
  priority: number;
  version: number;
  retry: { schedule: string[] };
  signingSecrets?: unknown[];
}

export function describeHandlerDialog(site: () => Site): void {
  const make = (input: object): Promise<Handler> => site().installation.json<Handler>('POST', '/handlers', input);
  const found = async (name: string): Promise<Handler | undefined> => {
    const query = new URLSearchParams({ q: name });
    const { items } = await site().installation.json<{ items: Handler[] }>('GET', `/handlers?${query.toString()}`);
    return items.find((handler) => handler.name === name);
  };
  const field = (dialog: Locator, name: string): Locator => dialog.getByRole('textbox', { name, exact: true });
  /** What stands as the error of a field. */
  const errorOf = async (page: Page, input: Locator): Promise<string> => {
    const ids = ((await input.getAttribute('aria-describedby')) ?? '').split(' ').filter((id) => id !== '');
    return (await Promise.all(ids.map((id) => page.locator(`#${id}`).innerText()))).join(' ');
  };

  /** Whether all of an element is within the window, and what is in its middle belongs to the dialog. */
  const inView = async (page: Page, element: Locator): Promise<boolean> => {
    const { x, y, width, height } = (await element.boundingBox())!;
    const point = `${String(x + width / 2)}, ${String(y + height / 2)}`;
    const isOfDialog = `Boolean(document.elementFromPoint(${point})?.closest('[role=dialog]'))`;
    return y >= 0 && y + height <= page.viewportSize()!.height && (await page.evaluate<boolean>(isOfDialog));
  };

  describe('the dialog of a handler', () => {
    it('has its buttons in sight, and shows all errors of an empty form at once, the first one focused', async () => {
      await using visit = await site().visitAs('admin', { viewport: { width: 1440, height: 900 } });
      const page = await visit.open('/handlers', 'Handlers');
      await page.getByRole('button', { name: 'New Handler' }).click();
      const dialog = page.getByRole('dialog', { name: 'New Handler' });
      const apply = dialog.getByRole('button', { name: 'Apply' });
      await apply.waitFor();
      for (const summary of await dialog.locator('summary').all()) await summary.click();
      expect(await inView(page, apply)).toBe(true);
      await apply.click();
      for (const error of ['Enter a name', 'Choose an event', 'Enter the path of a script']) {
        await dialog.getByText(error).waitFor();
      }
      await dialog.getByText('3 fields need a correction').waitFor();
      await dialog.locator('[data-path="name"]:focus').waitFor();
      expect(await inView(page, field(dialog, 'Name'))).toBe(true);
      expect(await inView(page, apply)).toBe(true);
    });

    it('offers a test of a new handler', async () => {
      await using visit = await site().visitAs('admin');
      const page = await visit.open('/handlers', 'Handlers');
      await page.getByRole('button', { name: 'New Handler' }).click();
      const dialog = page.getByRole('dialog', { name: 'New Handler' });
      await field(dialog, 'Name').fill('Tested next');
      await dialog.getByLabel('Event').selectOption('clients.packages.assign');
      await dialog.getByRole('combobox', { name: 'Path' }).fill('print_event.sh');
      await dialog.getByLabel('Status').selectOption('Disabled');
      await dialog.getByRole('button', { name: 'Apply' }).click();
      await page.getByRole('alert').getByRole('button', { name: 'Test' }).click();
      await page.getByRole('heading', { level: 1, name: 'Tested next' }).waitFor();
      await page.getByRole('button', { name: 'Run test' }).waitFor();
    });

    it('makes one that calls, puts what the registry finds wrong at its field, and shows its secret once', async () => {
      await using visit = await site().visitAs('admin');
      const page = await visit.open('/handlers', 'Handlers');
      await page.getByRole('button', { name: 'New Handler' }).click();
      const dialog = page.getByRole('dialog', { name: 'New Handler' });
      await field(dialog, 'Name').fill('Renew at the switch');
      await dialog.getByLabel('Event').selectOption('clients.packages.renew');
      await dialog.getByText('http://', { exact: true }).click();
      await field(dialog, 'URL').fill('ftp://switch.example');
      await dialog.getByRole('button', { name: 'Add a header' }).click();
      await field(dialog, 'Header 1: name').fill('Authorization');
      await field(dialog, 'Header 1: value').fill('Bearer s3cret');
      expect(await dialog.getByLabel('Header 1: secret').isChecked()).toBe(true);
      await dialog.getByRole('button', { name: 'Add a header' }).click();
      await field(dialog, 'Header 2: name').fill('Host');
      await field(dialog, 'Header 2: value').fill('elsewhere');
      await dialog.locator('summary', { hasText: 'Signing' }).click();
      await dialog.getByLabel('New signing secret').check();
      await dialog.getByRole('button', { name: 'Apply' }).click();
      await dialog.getByText('must be an http:// or https:// URL').waitFor();
      expect(await errorOf(page, field(dialog, 'Header 2: value'))).toBe('is set by Provisor itself');
      await dialog.locator('[data-path="task.http.url"]:focus').waitFor();

      await field(dialog, 'URL').fill('127.0.0.1:5000/api');
      await dialog.getByRole('button', { name: 'Remove header Host' }).click();
      await dialog.getByRole('button', { name: 'Apply' }).click();
      await dialog.getByText('The signing secret of Renew at the switch').waitFor();
      expect(await dialog.locator('code').innerText()).toMatch(/^whsec_/);
      await page.keyboard.press('Escape');
      await dialog.getByRole('button', { name: 'Done' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('link', { name: 'Renew at the switch' }).waitFor();
      const { task, signingSecrets } = (await found('Renew at the switch'))!;
      expect(task).toMatchObject({ url: 'http://127.0.0.1:5000/api', headers: { Authorization: '***' } });
      expect(signingSecrets).toHaveLength(1);
      expect(await page.content()).not.toContain('whsec_');
    });

    it('takes a condition, and says at its field where it is wrong', async () => {
      const { id } = await make({
        name: 'Only for some',
        event: 'clients.packages.renew',
        task: { type: 'script', path: 'x' },
      });
      await using visit = await site().visitAs('admin');
      const page = await visit.open(`/handlers/${id}`, 'Only for some');
      await page.getByRole('button', { name: 'Edit' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.locator('summary', { hasText: 'Condition' }).click();
      const condition = field(dialog, 'CEL expression');
      await condition.fill('data.status ==');
      await dialog.getByRole('button', { name: 'Apply' }).click();
      await dialog.getByText('Unexpected token: EOF (line 1, column 15)').waitFor();
      expect(await errorOf(page, condition)).toContain('must be a condition in CEL');
      await condition.fill('data.status == "active"');
      await dialog.getByRole('button', { name: 'Apply' }).click();
      await dialog.waitFor({ state: 'detached' });
      await visit.open(`/handlers/${id}?tab=settings`, 'Only for some');
      await page.getByText('data.status == "active"').waitFor();
    });

    it('shapes the request beside its preview, tries rules on the latest answers, and keeps values', async () => {
      const target = await RecordingTarget.listen();
      target.reply = (_, response) => void response.end('{"error": {"code": -32601}}');
      const name = 'Shaped for the switch';
      const task = { type: 'http', url: target.url() };
      const { id } = await make({ name, event: 'clients.custom_fields.update', task });
      await site().installation.json('POST', `/handlers/${id}/test`, {});
      await target.close();
      await using visit = await site().visitAs('admin');
      const page = await visit.open(`/handlers/${id}`, name);
      await page.getByRole('button', { name: 'Edit' }).click();
      const dialog = page.getByRole('dialog');

      await dialog.locator('summary', { hasText: 'Body' }).click();
      await dialog.getByLabel('Send a text of its own').check();
      const body = field(dialog, 'Text');
      await body.fill('{"type": "{{ event.events_id"}');
      await dialog.getByText(/^task\.body .*line 1, column 11/).waitFor();
      await body.fill('{"type": "{{ event.events_id }}"}');
      const sent = dialog.getByRole('region', { name: 'Request body' });
      await sent.getByText('{"type": "clients.custom_fields.update"}').waitFor();

      await dialog.locator('summary', { hasText: 'Outcomes' }).click();
      await dialog.getByLabel('Ready-made rules').selectOption('A JSON-RPC error is a failure');
      expect(await field(dialog, 'Rule 1: when').inputValue()).toBe('has(response.json.error)');
      await dialog.getByRole('button', { name: 'Try on the latest answers' }).click();
      await dialog.getByRole('listitem').getByText('rule 1 decides').waitFor();

      await dialog.locator('summary', { hasText: 'Kept values' }).click();
      await dialog.getByRole('button', { name: 'Add a value' }).click();
      await field(dialog, 'Value 1: name').fill('sipId');
      const expression = field(dialog, 'Value 1: expression');
      await expression.fill('response.json.');
      await dialog.getByRole('button', { name: 'Apply' }).click();
      await dialog.locator('[aria-label="Value 1: expression"][aria-invalid=true]').waitFor();
      expect(await errorOf(page, expression)).toContain('must be');
      await expression.fill('response.json.result.id');
      await dialog.getByRole('button', { name: 'Apply' }).click();
      await dialog.waitFor({ state: 'detached' });
      expect(await found(name)).toMatchObject({
        task: { body: '{"type": "{{ event.events_id }}"}' },
        outcomes: [{ when: 'has(response.json.error)', outcome: 'permanent', reason: 'rpc_error' }],
        keep: { sipId: 'response.json.result.id' },
      });
    });

    it('makes one that runs a script, and tells when it is tried again', async () => {
      await using visit = await site().visitAs('admin');
      const page = await visit.open('/handlers?event=clients.packages.close', 'Handlers');
      await page.getByRole('button', { name: 'New Handler' }).click();
      const dialog = page.getByRole('dialog', { name: 'New Handler' });
      await field(dialog, 'Name').fill('Close the account');
      const path = dialog.getByRole('combobox', { name: 'Path' });
      await path.fill('print');
      await page.getByRole('option', { name: 'print_event.sh' }).click();
      expect(await path.inputValue()).toBe('print_event.sh');
      expect(await dialog.getByText('No running executor has this script').count()).toBe(0);
      await path.fill('close.py');
      await dialog.getByText('No running executor has this script').waitFor();
      expect(await stumblingBlocks(page)).toEqual([]);
      await path.press('Escape');
      for (const [index, value] of ['--client', 'as one word'].entries()) {
        await dialog.getByRole('button', { name: 'Add an argument' }).click();
        await field(dialog, `Argument ${String(index + 1)}`).fill(value);
      }
      await dialog.getByLabel('Mode').selectOption('persistent');
      await dialog.locator('summary', { hasText: 'Format' }).click();
      await dialog.getByLabel('Format').selectOption('cloudevents');
      await dialog.locator('summary', { hasText: 'Retries' }).click();
      await field(dialog, 'Maximum attempts').fill('3');
      await field(dialog, 'Retry delays').fill('5s, soon');
      await dialog.getByText('The retry times appear here').waitFor();
      await dialog.getByRole('button', { name: 'Apply' }).click();
      await dialog.getByText('delay 2 must be a duration').waitFor();
      await field(dialog, 'Retry delays').fill('5s, 5m');
      await dialog.getByText('Retries after 5 s, 5 min 5 s. Fails 5 min 5 s after the first attempt.').waitFor();
      await dialog.getByRole('button', { name: 'Apply' }).click();
      await page.getByRole('link', { name: 'Close the account' }).waitFor();
      await page.getByRole('alert').getByText('Close the account has a warning').waitFor();
      expect(await found('Close the account')).toMatchObject({
        event: 'clients.packages.close',
        task: { type: 'script', path: 'close.py', args: ['--client', 'as one word'], mode: 'persistent' },
        retry: { maxAttempts: 3, schedule: ['5s', '5m'] },
        format: 'cloudevents',
      });
    });

    it('changes the version that was seen and no other, keeps secrets, and loses nothing by a slip', async () => {
      const headers = { 'x-api-key': 'k3pt', 'x-plain': 'seen' };
      const task = { type: 'http', url: 'http://127.0.0.1:5000/api', headers };
      const { id } = await make({ name: 'Assign at the CRM', event: 'clients.packages.assign', task });
      await using visit = await site().visitAs('admin');
      const page = await visit.open(`/handlers/${id}`, 'Assign at the CRM');
      await page.getByRole('button', { name: 'Edit' }).click();
      const dialog = page.getByRole('dialog', { name: 'Edit Handler' });
      await field(dialog, 'Name').fill('Lost');
      await page.keyboard.press('Escape');
      const question = page.getByRole('dialog', { name: 'Discard your changes?' });
      await question.getByRole('button', { name: 'Keep editing' }).click();
      await question.waitFor({ state: 'detached' });

      await site().installation.json('PATCH', `/handlers/${id}`, { priority: 7 });
      await dialog.getByRole('button', { name: 'Apply' }).click();
      await dialog.getByText('Not saved: someone else changed this handler').waitFor();
      const notice = dialog.getByText('and differs in priority');
      await notice.waitFor();
      // It is in sight, however far the form was scrolled.
      await page.locator('[data-form-notice]:focus').waitFor();
      expect(await inView(page, notice)).toBe(true);
      await dialog.getByRole('button', { name: 'Load new version' }).click();
      await field(dialog, 'Name').fill('Assign at the new CRM');
      expect(await field(dialog, 'Priority').inputValue()).toBe('7');
      await dialog.getByText('*** is stored').waitFor();
      await dialog.getByRole('button', { name: 'Apply' }).click();
      await page.getByRole('heading', { level: 1, name: 'Assign at the new CRM' }).waitFor();
      expect(await site().installation.json('GET', `/handlers/${id}`)).toMatchObject({
        name: 'Assign at the new CRM',
        task: { headers: { 'x-api-key': '***', 'x-plain': 'seen' } },
        priority: 7,
        version: 3,
      });
    });

    it('asks for name, event, task, status and priority, in this order', async () => {
      await using visit = await site().visitAs('admin');
      const page = await visit.open('/handlers', 'Handlers');
      await page.getByRole('button', { name: 'New Handler' }).click();
      const form = page.getByRole('dialog', { name: 'New Handler' }).getByRole('form', { name: 'Handler' });
      const tops = await Promise.all(
        [
          field(form, 'Name'),
          form.getByLabel('Event'),
          form.getByRole('group', { name: 'Task' }),
          form.getByLabel('Status'),
          field(form, 'Priority'),
        ].map(async (input) => {
          const { x, y } = (await input.boundingBox())!;
          return [Math.round(y), Math.round(x)] as const;
        }),
      );
      const inOrder = tops.toSorted(([y, x], [otherY, otherX]) => y - otherY || x - otherX);
      expect(tops).toEqual(inOrder);
      expect(await form.getByLabel('Status').locator('option').allInnerTexts()).toEqual([
        'Enabled',
        'Disabled',
        'Archived',
      ]);
    });

    it('archives after a question, and enables what is archived', async () => {
      const task = { type: 'script', path: 'x' };
      const { id } = await make({ name: 'Forget the package', event: 'clients.packages.renew', task });
      const status = async (): Promise<string> =>
        (await site().installation.json<Handler>('GET', `/handlers/${id}`)).status;
      await using visit = await site().visitAs('admin');
      const page = await visit.open(`/handlers/${id}`, 'Forget the package');
      const dialog = page.getByRole('dialog', { name: 'Edit Handler' });
      const question = page.getByRole('dialog', { name: 'Archive Forget the package?' });
      const apply = async (wanted: string): Promise<void> => {
        await dialog.getByLabel('Status').selectOption(wanted);
        await dialog.getByRole('button', { name: 'Apply' }).click();
      };
      await page.getByRole('button', { name: 'Edit' }).click();
      await apply('Archived');
      await question.getByRole('button', { name: 'Cancel' }).click();
      await question.waitFor({ state: 'detached' });
      expect(await status()).toBe('enabled');
      await dialog.getByRole('button', { name: 'Apply' }).click();
      await question.getByRole('button', { name: 'Archive' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Restore' }).waitFor();
      expect(await status()).toBe('archived');

      await page.getByRole('button', { name: 'Edit' }).click();
      expect(await dialog.getByLabel('Status').inputValue()).toBe('archived');
      await apply('Enabled');
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Disable' }).waitFor();
      expect(await status()).toBe('enabled');
    });

    it('clones without the secrets, says so, and asks for them', async () => {
      const task = { type: 'http', url: 'http://127.0.0.1:5000/api', headers: { cookie: 'a=1' } };
      await make({ name: 'Activate', event: 'clients.packages.activate', task });
      await using visit = await site().visitAs('admin');
      const page = await visit.open('/handlers?event=clients.packages.activate', 'Handlers');
      await page.getByRole('button', { name: 'Actions for Activate' }).click();
      await page.getByRole('menuitem', { name: 'Clone' }).click();
      const dialog = page.getByRole('dialog', { name: 'Clone Handler' });
      await dialog.getByText('Secrets are not copied').waitFor();
      await dialog.getByRole('button', { name: 'Apply' }).click();
      await dialog.getByText('Enter a value').waitFor();
      await field(dialog, 'Header 1: value').fill('a=2');
      await dialog.getByRole('button', { name: 'Apply' }).click();
      await page.getByRole('link', { name: 'Activate (copy)' }).waitFor();
      expect(await found('Activate (copy)')).toMatchObject({ status: 'disabled', priority: 2 });
    });

    it.each(['light', 'dark'] as const)('is accessible, %s', async (colorScheme) => {
      const width = colorScheme === 'dark' ? 360 : 1440;
      await using visit = await site().visitAs('admin', { colorScheme, viewport: { width, height: 900 } });
      const page = await visit.open('/handlers?event=clients.packages.activate', 'Handlers');
      await page.getByRole('button', { name: 'Actions for Activate (copy)' }).click();
      await page.getByRole('menuitem', { name: 'Edit' }).click();
      const dialog = page.getByRole('dialog', { name: 'Edit Handler' });
      await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('');
      for (const summary of await dialog.locator('summary').all()) await summary.click();
      await dialog.getByRole('button', { name: 'Apply' }).click();
      await dialog.getByText('Enter a name').waitFor();
      expect(await stumblingBlocks(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    });
  });

  it('lets a viewer make, change and order no handler, and says why', async () => {
    await using visit = await site().visitAs('viewer');
    const page = await visit.open('/handlers?event=clients.packages.deactivate', 'Handlers');
    const refusal = page.getByText('This needs the role admin. You are signed in as viewer.');
    const button = page.getByRole('button', { name: 'New Handler' });
    await button.press('Enter');
    await refusal.waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    const handle = page.getByRole('button', { name: 'Move First' });
    await handle.press('Space');
    expect(await handle.getAttribute('aria-pressed')).toBe('false');
    await page.getByRole('button', { name: 'Actions for First' }).click();
    expect(await page.getByRole('menuitem', { name: 'Edit' }).isDisabled()).toBe(true);
  });
}
