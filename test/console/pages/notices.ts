import { describe, expect, it } from '@jest/globals';
import type { Site } from '../site.ts';

interface Handlers {
  items: { id: string; event: string; task: { type: string; to?: string[]; url?: string } }[];
}

export function describeNotices(site: () => Site): void {
  describe('the notices', () => {
    const handlersOf = async (event: string) =>
      (await site().installation.json<Handlers>('GET', `/handlers?event=${event}`)).items;

    it('have rules that an administrator makes: whom to inform of which trouble, and of its end', async () => {
      await using visit = await site().visitAs('admin');
      const page = await visit.open('/notices', 'Notices');
      await page.getByText('No open troubles').waitFor();
      await page.getByText('No rules').waitFor();
      await page.getByRole('button', { name: 'New rule' }).click();
      const dialog = page.getByRole('dialog', { name: 'New rule' });
      await dialog.getByLabel('When', { exact: true }).selectOption({ label: 'A handler or target is down' });
      await dialog.getByLabel('For', { exact: true }).selectOption({ label: '5 minutes' });
      await dialog.getByRole('button', { name: 'Create rule' }).click();
      await dialog.getByText('Enter an e-mail address').waitFor();
      await dialog.getByLabel('Addresses').fill('ops@example.org, night');
      await dialog.getByRole('button', { name: 'Create rule' }).click();
      await dialog.getByText(/^night must be an e-mail address/).waitFor();
      await dialog.getByLabel('Addresses').fill('ops@example.org, night@example.org');
      await dialog.getByRole('button', { name: 'Create rule' }).click();
      await dialog.waitFor({ state: 'detached' });
      const rules = page.getByRole('table', { name: 'Rules' });
      await rules
        .getByText('When most calls of a handler or target fail for 5m, mail ops@example.org, night@example.org')
        .waitFor();
      await rules.getByText(/^When calls of the handler or target succeed again, after 5m or more, mail /).waitFor();
      expect(await handlersOf('provisor.circuit.opened')).toMatchObject([
        { lasting: '5m', task: { type: 'email', to: ['ops@example.org', 'night@example.org'] } },
      ]);
      expect(await handlersOf('provisor.circuit.closed')).toHaveLength(1);
    });

    it('are shown with what goes on, and lead to where to act', async () => {
      await using visit = await site().visitAs('viewer');
      await visit.context.route('**/api/v1/notices*', (route) => route.fulfill({ json: planted }));
      const page = await visit.open('/notices', 'Notices');
      const troubles = page.getByRole('table', { name: 'Open troubles' });
      await troubles.getByText('A handler fails for good').waitFor();
      await page.getByRole('table', { name: 'Notices' }).getByText('provisor.failure.opened').waitFor();
      await page.getByText('for 15m').waitFor();
      expect(await page.getByRole('button', { name: 'New rule' }).getAttribute('aria-disabled')).toBe('true');
      await troubles.getByRole('link', { name: 'Create SIP account' }).click();
      await page.waitForURL(/\/failures\?handlerId=/);
    });
  });
}

const trouble = {
  type: 'provisor.failure.opened',
  subject: { type: 'handler', id: '0193a000-0000-7000-8000-000000000001', name: 'Create SIP account' },
  since: '2026-03-01T02:00:00.000Z',
  count: 3,
  reason: 'http_status',
  message: 'HTTP status 503',
  lasting: '15m',
  link: 'https://elsewhere.example.org/failures?handlerId=0193a000-0000-7000-8000-000000000001',
  first: { eventId: 'evt-1' },
};
const planted = {
  open: [{ ...trouble, lastNoticeAt: '2026-03-01T02:00:01.000Z' }],
  items: [{ ...trouble, id: '0193a000-0000-7000-8000-0000000000c1-1', at: trouble.since, sentAt: trouble.since }],
  nextCursor: null,
};
