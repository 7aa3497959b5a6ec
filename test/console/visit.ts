import type { BrowserContext, Page } from 'playwright-core';

/** Milliseconds; on a machine with two cores a page that is loaded for the first time takes about one second. */
const patience = 10_000;

/** Runs in the page before anything of it, and tells by the console what the policy has refused. */
const tellViolations = `document.addEventListener('securitypolicyviolation', (event) =>
  console.error('policy violation: ' + event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample));`;

/** One browser window, as somebody uses it; disposing of it fails when something went wrong that a person would not have seen. */
export class Visit implements AsyncDisposable {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors of scripts, and whatever the content security policy has refused. */
  readonly faults: string[] = [];

  static async begin(context: BrowserContext): Promise<Visit> {
    context.setDefaultTimeout(patience);
    await context.addInitScript(tellViolations);
    return new Visit(context, await context.newPage());
  }

  private constructor(context: BrowserContext, page: Page) {
    this.context = context;
    this.page = page;
    page.on('pageerror', (error) => this.faults.push(`error: ${error.message}`));
    page.on('console', (message) => {
      // A refused call is told by the browser as well, and is for the test to judge.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
        this.faults.push(message.text());
      }
    });
  }

  /** Opens an address, and waits until its page says what it is. */
  async open(path: string, heading: string): Promise<Page> {
    await this.page.goto(path);
    await this.page.getByRole('heading', { level: 1, name: heading }).waitFor();
    return this.page;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.context.close();
    if (this.faults.length > 0) throw new Error(`the page had faults:\n${this.faults.join('\n')}`);
  }
}
