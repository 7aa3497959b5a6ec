import type { BrowserContext, ConsoleMessage, Page } from 'playwright-core';

/** Milliseconds; on two quiet cores a page that is loaded for the first time takes about one second. */
const patience = 30_000;

/**
 * Of the same origin and with the same policies as the console, so that the browser needs no new process for the next
 * visit.
 */
const restingPlace = '/favicon.svg';

/** Runs in the page before its scripts, and logs what the policy refuses. */
const tellViolations = `document.addEventListener('securitypolicyviolation', (event) =>
  console.error('policy violation: ' + event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample));`;

/** How a window looks to those who use it. */
export interface Looks {
  colorScheme?: 'light' | 'dark';
  viewport?: { width: number; height: number };
}

/**
 * A browser window that one visit after the other uses: what the browser keeps of the files of the console stays, as it
 * does for a person who comes back. A window of its own for each visit costs three times as much.
 */
export class Window {
  readonly #context: BrowserContext;
  readonly #page: Page;

  static async open(context: BrowserContext): Promise<Window> {
    context.setDefaultTimeout(patience);
    await context.addInitScript(tellViolations);
    return new Window(context, await context.newPage());
  }

  private constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.#page = page;
  }

  /** Begins a visit in which nothing is left of those before. */
  async visit({ colorScheme = 'light', viewport = { width: 1280, height: 720 } }: Looks): Promise<Visit> {
    await this.#page.emulateMedia({ colorScheme });
    await this.#page.setViewportSize(viewport);
    return new Visit(this.#context, this.#page);
  }
}

/** One visit of the console; disposing it fails on errors that a person would not see. */
export class Visit implements AsyncDisposable {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors of scripts, and whatever the content security policy has refused. */
  readonly faults: string[] = [];
  readonly #noteError = (error: Error): void => void this.faults.push(`error: ${error.message}`);
  readonly #noteMessage = (message: ConsoleMessage): void => {
    // The browser also reports a refused call, which the test judges.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      this.faults.push(message.text());
    }
  };

  constructor(context: BrowserContext, page: Page) {
    this.context = context;
    this.page = page.on('pageerror', this.#noteError).on('console', this.#noteMessage);
  }

  /** Opens an address, and waits until its page says what it is. */
  async open(path: string, heading: string): Promise<Page> {
    await this.page.goto(path);
    await this.page.getByRole('heading', { level: 1, name: heading }).waitFor();
    return this.page;
  }

  /**
   * Leaves the page; nothing stays of what it stored, of who was signed in, and of what the test had changed about the
   * network.
   */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.context.unrouteAll({ behavior: 'ignoreErrors' });
    await this.context.setOffline(false);
    await this.page.goto(restingPlace);
    await this.context.setStorageState({ cookies: [], origins: [] });
    this.page.off('pageerror', this.#noteError).off('console', this.#noteMessage);
    if (this.faults.length > 0) throw new Error(`the page had faults:\n${this.faults.join('\n')}`);
  }
}
