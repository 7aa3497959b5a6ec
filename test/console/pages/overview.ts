import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Billing } from '../../support/billing.ts';
import { eventually } from '../../support/eventually.ts';
import { RecordingTarget } from '../../support/recording-target.ts';
import type { Site } from '../site.ts';

interface Overview {
  handlers: { failing: { name: string }[] };
  rejected: number;
}

export function describeOverview(site: () => Site): void {
  describe('the overview', () => {
    let target: RecordingTarget;
    beforeAll(async () => {
      target = await RecordingTarget.listen();
      target.reply = ({ path }, response) => void response.writeHead(path === '/refuse' ? 422 : 200).end();
      for (const [name, path] of [
        ['Renew the licence', '/'],
        ['Tell the tax office', '/refuse'],
      ] as const) {
        const handler = { name, event: 'clients.packages.renew', task: { type: 'http', url: target.url(path) } };
        await site().installation.json('POST', '/handlers', { ...handler, onFailure: 'continue' });
      }
      const billing = await Billing.connect(site().installation.servers.amqpUrl);
      for (let client = 1; client <= 3; client++)
        await billing.publish({ type: 'clients.packages.renew', objectId: client });
      await billing.publishRaw('clients.create', Buffer.from('no event'), { contentType: 'application/json' });
      await billing.close();
      await eventually(async () => {
        const { handlers, rejected } = await site().installation.json<Overview>('GET', '/overview');
        return handlers.failing.some(({ name }) => name === 'Tell the tax office') && rejected > 0 ? true : undefined;
      });
    }, 30_000);
    afterAll(async () => target.close());

    it('shows problems first, with links to their pages', async () => {
      await using visit = await site().visitAs('viewer');
      const page = await visit.open('/', 'Overview');
      const attention = page.getByRole('list', { name: 'Needs attention' });
      const failing = attention.getByRole('listitem').filter({ hasText: 'At least half of their executions failed' });
      await failing.getByText('warning: 1 failing handler').waitFor();
      await failing.getByRole('link', { name: 'Tell the tax office' }).click();
      await page.waitForURL('**/handlers/*');
      await page.goBack();
      await attention.getByRole('link', { name: 'Rejected' }).click();
      await page.getByRole('heading', { level: 1, name: 'Rejected' }).waitFor();
    });

    it('draws events, outcomes, durations and what waits; a keyboard reads every figure', async () => {
      await using visit = await site().visitAs('viewer');
      const page = await visit.open('/', 'Overview');
      const events = page.getByRole('figure', { name: 'Events per minute' });
      const byTime = events.getByRole('slider', { name: 'Events per minute, by time' });
      await byTime.focus();
      expect(await byTime.getAttribute('aria-valuetext')).toMatch(/^\d\d:\d\d–now: Events \d+$/);
      await byTime.press('ArrowLeft');
      expect(await byTime.getAttribute('aria-valuetext')).toMatch(/^\d\d:\d\d–\d\d:\d\d: Events \d+$/);
      const outcomes = page.getByRole('figure', { name: 'Outcomes per minute' });
      await outcomes.getByText('Figures').click();
      const cells = await outcomes.getByRole('table').getByRole('row').getByRole('cell').allInnerTexts();
      expect(cells).toHaveLength(3 * 60);
      expect(sumOf(cells, 0)).toBeGreaterThanOrEqual(3);
      expect(sumOf(cells, 2)).toBeGreaterThanOrEqual(3);
      await page.getByRole('figure', { name: 'Call duration' }).getByRole('img').waitFor();
      await page.getByRole('figure', { name: 'Waiting events by arrival' }).getByRole('img').waitFor();
      await page.getByText('Last day').click();
      await page.waitForURL('**/?window=day');
      await page.getByRole('figure', { name: 'Events per hour' }).waitFor();
    });
  });
}

/** Of a column of a table of three. */
function sumOf(cells: string[], column: number): number {
  return cells.filter((_, index) => index % 3 === column).reduce((sum, cell) => sum + Number(cell), 0);
}
