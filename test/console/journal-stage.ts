import type { Locator, Page } from 'playwright-core';
import { Billing } from '../support/billing.ts';
import { eventually } from '../support/eventually.ts';
import { RecordingTarget, type RecordedCall } from '../support/recording-target.ts';
import type { Site } from './site.ts';

export interface Identified {
  id: string;
}

/** Handlers, their target and a billing system, for pages that show what handlers do. */
export class JournalStage {
  readonly billing: Billing;
  /** Ids by name. */
  readonly handlers = new Map<string, string>();
  /** What the target refuses, by its path. */
  readonly refused = new Map<string, number>();
  readonly #site: Site;
  readonly #target: RecordingTarget;

  static async open(site: Site): Promise<JournalStage> {
    const [target, billing] = await Promise.all([
      RecordingTarget.listen(),
      Billing.connect(site.installation.servers.amqpUrl),
    ]);
    const stage = new JournalStage(site, target, billing);
    const soon = { retry: { maxAttempts: 3, schedule: ['1s'] } };
    await stage.#make('Welcome', 'clients.archive');
    await stage.#make('Switch', 'clients.archive', soon);
    await stage.#make('Tariff', 'clients.packages.renew');
    await stage.#make('After the tariff', 'clients.packages.renew');
    await stage.#make('Bill', 'clients.balance_zero');
    await stage.#make('Lock', 'clients.balance_zero');
    await stage.#make('Slow CRM', 'clients.custom_fields.update', { retry: { maxAttempts: 3, schedule: ['1h'] } });
    await site.installation.inForce();
    return stage;
  }

  private constructor(site: Site, target: RecordingTarget, billing: Billing) {
    this.#site = site;
    this.#target = target;
    this.billing = billing;
    target.reply = ({ path, headers }, response) => {
      const status = this.refused.get(path) ?? (headers['provisor-attempt'] === '1' && path === '/Switch' ? 503 : 200);
      const answer = { account: 4711, seen: headers['provisor-event-type'] };
      response.writeHead(status, { 'content-type': 'application/json', 'x-answered-by': 'switch 7' });
      response.end(JSON.stringify(answer));
    };
  }

  /** Makes a handler that calls the target at the path of its name, and has it in force. */
  async make(name: string, event: string, input: object = {}): Promise<void> {
    await this.#make(name, event, input);
    await this.#site.installation.inForce();
  }

  callsOf(name: string): RecordedCall[] {
    return this.#target.calls.filter(({ path }) => path === `/${encodeURIComponent(name)}`);
  }

  async untilStatus(eventId: string, status: string): Promise<void> {
    await eventually(async () => {
      const event = await this.#site.installation.json<{ status: string }>('GET', `/events/${eventId}`);
      return event.status === status ? true : undefined;
    });
  }

  async close(): Promise<void> {
    // What other pages count is theirs.
    for (const id of this.handlers.values()) await this.#site.installation.call('DELETE', `/handlers/${id}`);
    await this.billing.close();
    await this.#target.close();
  }

  async #make(name: string, event: string, input: object = {}): Promise<void> {
    const task = { type: 'http', url: this.#target.url(`/${encodeURIComponent(name)}`) };
    const handler = { name, event, task, ...input };
    const { id } = await this.#site.installation.json<Identified>('POST', '/handlers', handler);
    this.handlers.set(name, id);
  }
}

/** The rows of a table in which a text stands. */
export function rowOf(page: Page, table: string, text: string): Locator {
  return page.getByRole('table', { name: table }).getByRole('row').filter({ hasText: text });
}
