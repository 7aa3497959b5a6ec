import { chromium, type Browser } from 'playwright-core';
import { chromiumArguments } from '../../tools/browser/chromium.ts';
import { Installation } from '../support/installation.ts';
import { createSandbox, type Sandbox } from '../../tools/test/sandbox.ts';
import { Window, type Looks, type Visit } from './visit.ts';

export type Role = 'viewer' | 'operator' | 'admin';

/**
 * A whole installation with its built console, and a browser to look at it: one of each for all tests of the console.
 */
export class Site {
  readonly installation: Installation;
  readonly #browser: Browser;
  readonly #window: Window;
  readonly #sandbox: Sandbox;
  readonly #keys = new Map<Role, string>();

  /**
   * @param executablePath Chromium.
   * @param hasExecutor Without one, operations stay requested, and planted rows stay unchanged.
   */
  static async start(executablePath: string, hasExecutor = true): Promise<Site> {
    const sandbox = await createSandbox();
    const installation = await Installation.start({ SEARCH_FIELDS: 'phone' }, { sandbox });
    try {
      const [browser] = await Promise.all([
        chromium.launch({ executablePath, args: chromiumArguments() }),
        hasExecutor && installation.startExecutor(),
      ]);
      const context = await browser.newContext({ baseURL: installation.registryUrl, timezoneId: 'Europe/Berlin' });
      return new Site(installation, browser, await Window.open(context), sandbox);
    } catch (error) {
      await installation.stop(true);
      throw error;
    }
  }

  private constructor(installation: Installation, browser: Browser, window: Window, sandbox: Sandbox) {
    this.#sandbox = sandbox;
    this.installation = installation;
    this.#browser = browser;
    this.#window = window;
  }

  get url(): string {
    return this.installation.registryUrl;
  }

  /** Begins a visit without a signed-in user. The previous visit must be over. */
  async visit(looks: Looks = {}): Promise<Visit> {
    return this.#window.visit(looks);
  }

  /** The same, with a signed-in user; over the API, because the sign-in page has its own tests. */
  async visitAs(role: Role, looks: Looks = {}): Promise<Visit> {
    const visit = await this.visit(looks);
    const answer = await visit.context.request.post('/api/v1/session', { data: { key: await this.keyFor(role) } });
    if (!answer.ok()) throw new Error(`signing in: ${String(answer.status())} ${await answer.text()}`);
    return visit;
  }

  /** An API key; one for each role, made when it is first asked for. */
  async keyFor(role: Role): Promise<string> {
    const known = this.#keys.get(role);
    if (known !== undefined) return known;
    const { key } = await this.installation.json<{ key: string }>('POST', '/api-keys', { name: `Ada ${role}`, role });
    this.#keys.set(role, key);
    return key;
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    await this.installation.stop();
    await this.#sandbox.dispose();
  }
}
