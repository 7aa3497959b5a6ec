import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { findFreePort } from '../../tools/servers/ports.ts';
import type { DevAccess } from '../../tools/stack/index.ts';
import type { Sandbox } from '../../tools/test/sandbox.ts';
import { cloneInto } from '../support/clone.ts';
import { eventually } from '../support/eventually.ts';
import { RunningProgram, type Desk } from './terminal.ts';

/**
 * A clone of the project as it is now, in a folder of its own with a space in its path, with `npm start` running in it.
 */
export class Checkout {
  readonly #sandbox: Sandbox;
  readonly #home: string;
  /** In place of /tmp. */
  readonly #attic: string;
  readonly #here: Record<string, string>;
  #stack: RunningProgram | undefined;
  #access!: DevAccess;

  static async start(sandbox: Sandbox, settings: NodeJS.ProcessEnv): Promise<Checkout> {
    const home = await mkdtemp(join(tmpdir(), 'provisor documentation '));
    const attic = await mkdtemp(join(tmpdir(), 'provisor-'));
    const [receiver, forwarder] = [await findFreePort(), await findFreePort()];
    // Other programs may use the ports and files of the documents here.
    const checkout = new Checkout(sandbox, home, attic, {
      ':5000': `:${String(receiver)}`,
      '--port 5000': `--port ${String(receiver)}`,
      "'5000'": `'${String(receiver)}'`,
      '=5000': `=${String(receiver)}`,
      ':5001': `:${String(forwarder)}`,
      "'5001'": `'${String(forwarder)}'`,
      '/tmp/': `${attic}/`,
    });
    try {
      await checkout.#copy();
      await checkout.#startStack(settings);
      return checkout;
    } catch (error) {
      await checkout.stop();
      throw error;
    }
  }

  private constructor(sandbox: Sandbox, home: string, attic: string, here: Record<string, string>) {
    this.#sandbox = sandbox;
    this.#home = home;
    this.#attic = attic;
    this.#here = here;
  }

  get desk(): Desk {
    const environment = {
      PATH: `${join(this.#home, 'bin')}:${process.env['PATH']!}`,
      HOME: this.#home,
      LANG: 'C.UTF-8',
      COLUMNS: '80', // As the terminal of a reader.
      NODE_COMPILE_CACHE: join(this.#attic, 'compiled'), // npm and the command line are started some sixty times.
      npm_config_update_notifier: 'false', // It would ask a registry.
    };
    return { folder: join(this.#home, 'provisor'), drawer: this.#attic, environment };
  }

  /** A text of a document, with what is different here. */
  here(text: string): string {
    return Object.entries(this.#here).reduce((changed, [from, to]) => changed.replaceAll(from, to), text);
  }

  /** Forgets handlers and events, as though `.provisor/` had been removed. */
  async beginAnew(): Promise<void> {
    await this.#call('PUT', '/handlers/set', { handlers: [], prune: true });
    await this.settled();
    const database = new pg.Client({ connectionString: this.#sandbox.databaseUrl });
    await database.connect();
    const tables = 'events, attempts, deferral_keys, deferrals, rejected_messages, handlers';
    try {
      // A service may hold one of them and want another, and PostgreSQL then refuses one of both.
      await eventually(async () => (await database.query(`truncate ${tables}`)).command);
    } finally {
      await database.end();
    }
  }

  /** Resolves when the changes are live. */
  async settled(): Promise<void> {
    await eventually(async () => {
      const { executors } = (await this.#call('GET', '/catalog')) as { executors: { inForce: boolean }[] };
      return (executors.length > 0 && executors.every(({ inForce }) => inForce)) || undefined;
    });
  }

  async stop(): Promise<void> {
    await this.#stack?.interrupt();
    for (const folder of [this.#home, this.#attic]) await rm(folder, { recursive: true, force: true });
  }

  async #call(method: string, path: string, body?: object): Promise<unknown> {
    const { registryUrl, apiKey } = this.#access;
    const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    const response = await fetch(`${registryUrl}/api/v1${path}`, init);
    if (!response.ok) throw new Error(`${method} ${path}: ${String(response.status)} ${await response.text()}`);
    return response.json();
  }

  async #copy(): Promise<void> {
    const { folder } = this.desk;
    await mkdir(folder);
    await cloneInto(folder);
    const examples = await readdir(join(folder, 'examples'), { recursive: true, withFileTypes: true });
    for (const entry of examples.filter((found) => found.isFile())) {
      const path = join(entry.parentPath, entry.name);
      await writeFile(path, this.here(await readFile(path, 'utf8')));
    }
    // The command line by its short name, and a curl that takes a refusal for a failure.
    await mkdir(join(this.#home, 'bin'));
    const provisor = `#!/bin/sh\nexec node '${join(folder, 'tools/provisor.mjs')}' "$@"\n`;
    await writeFile(join(this.#home, 'bin/provisor'), provisor, { mode: 0o755 });
    await writeFile(join(this.#home, '.curlrc'), 'fail-with-body\nsilent\nshow-error\n');
  }

  async #startStack(settings: NodeJS.ProcessEnv): Promise<void> {
    const { folder, environment } = this.desk;
    const { databaseUrl, amqpUrl } = this.#sandbox;
    const servers = { DATABASE_URL: databaseUrl, AMQP_URL: amqpUrl };
    this.#stack = new RunningProgram('npm start', { folder, environment: { ...environment, ...servers, ...settings } });
    await this.#stack.until(/^provisor ready/);
    this.#access = JSON.parse(await readFile(join(folder, '.provisor/dev.json'), 'utf8')) as DevAccess;
  }
}
