import { describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import type { Site } from '../site.ts';

interface HandlerList {
  items: { name: string; priority: number }[];
}

export function describeHandlerOrder(site: () => Site): void {
  const priorityOf = async (name: string): Promise<number | undefined> => {
    const { items } = await site().installation.json<HandlerList>('GET', `/handlers?q=${name}`);
    return items.find((handler) => handler.name === name)?.priority;
  };

  describe('the order of an event’s handlers', () => {
    const event = 'clients.packages.deactivate';
    const names = (page: Page): Promise<string[]> =>
      page.getByRole('table', { name: 'Handlers' }).getByRole('link').allInnerTexts();

    it('is changed by keyboard and by pointer, and goes back when it is not saved', async () => {
      const task = { type: 'script', path: 'a.py' };
      for (const name of ['First', 'Second', 'Third'])
        await site().installation.json('POST', '/handlers', { name, event, task });
      await using visit = await site().visitAs('admin');
      const page = await visit.open(`/handlers?event=${event}`, 'Handlers');
      const handle = (name: string): Locator => page.getByRole('button', { name: `Move ${name}` });
      const saved = (): Promise<unknown> => page.waitForResponse('**/api/v1/handlers/order');
      await handle('First').press('Space');
      await page.keyboard.press('ArrowDown');
      await page.getByText('First: position 2 of 3.').waitFor({ state: 'attached' });
      await page.keyboard.press('Escape');
      expect(await names(page)).toEqual(['First', 'Second', 'Third']);

      await page.keyboard.press('Space');
      await page.keyboard.press('ArrowDown');
      await Promise.all([saved(), page.keyboard.press('Space')]);
      expect(await names(page)).toEqual(['Second', 'First', 'Third']);
      expect(await priorityOf('First')).toBe(2);
      expect(await page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe('Move First');

      const place = async (name: string): Promise<[number, number]> => {
        const { x, y, width, height } = (await handle(name).boundingBox())!;
        return [x + width / 2, y + height / 2];
      };
      await page.mouse.move(...(await place('Third')));
      await page.mouse.down();
      await page.mouse.move(...(await place('Second')), { steps: 5 });
      await Promise.all([saved(), page.mouse.up()]);
      expect(await names(page)).toEqual(['Third', 'Second', 'First']);
      expect(await priorityOf('Third')).toBe(1);

      await visit.context.route('**/api/v1/handlers/order', (route) => route.abort());
      await handle('Third').press('Space');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.getByText('Failed to save the order').waitFor();
      expect(await names(page)).toEqual(['Third', 'Second', 'First']);
    });
  });
}
