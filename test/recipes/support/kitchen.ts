import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filledIn, parameterValues, type RecipeParameter, type RecipeSet } from '#contracts';
import { Supervisor } from '../../../tools/supervisor/supervisor.ts';
import { createSandbox, type Sandbox } from '../../../tools/test/sandbox.ts';
import { Billing, type BillingMessage } from '../../support/billing.ts';
import { eventually } from '../../support/eventually.ts';
import { Installation } from '../../support/installation.ts';
import { OtherDatabase } from './other-database.ts';

interface ServedRecipe {
  parameters: RecipeParameter[];
  set: RecipeSet;
  files: { name: string; text: string; executable: boolean }[];
}

export interface ShownAttempt {
  outcome: string;
  reason: string | null;
  reached: string;
  message?: string | null;
  response?: unknown;
}

export interface ShownExecution {
  handlerName: string;
  status: string;
  kept?: Record<string, unknown> | null;
  attempts: ShownAttempt[];
}

/** An event as `GET /events/:id` shows it. */
export interface ShownEvent {
  status: string;
  executions: ShownExecution[];
}

/** An installation that cooks by recipes, and room for the servers that they need. */
export class Kitchen implements AsyncDisposable {
  readonly installation: Installation;
  /** Servers that end with the kitchen. */
  readonly supervisor: Supervisor;
  /** Below SCRIPTS_DIRS, where the recipes' files are. */
  readonly scripts: string;
  readonly #sandboxes: Sandbox[];
  readonly #billing: Billing;

  static async open(environment: NodeJS.ProcessEnv = {}): Promise<Kitchen> {
    const scripts = await mkdtemp(join(tmpdir(), 'provisor-scripts-'));
    const dataDir = await mkdtemp(join(tmpdir(), 'provisor-kitchen-'));
    // Servers that become another user have to find their folders.
    await chmod(dataDir, 0o755);
    const sandbox = await createSandbox();
    const supervisor = await Supervisor.open({ dataDir, ephemeral: true, log: () => undefined });
    const installation = await Installation.start({ SCRIPTS_DIRS: scripts, ...environment }, { sandbox });
    await installation.startExecutor();
    const billing = await Billing.connect(installation.servers.amqpUrl);
    return new Kitchen({ installation, supervisor, scripts, sandbox, billing });
  }

  private constructor(parts: {
    installation: Installation;
    supervisor: Supervisor;
    scripts: string;
    sandbox: Sandbox;
    billing: Billing;
  }) {
    this.installation = parts.installation;
    this.supervisor = parts.supervisor;
    this.scripts = parts.scripts;
    this.#sandboxes = [parts.sandbox];
    this.#billing = parts.billing;
  }

  /** A database beside Provisor's, with the tables of another program. */
  async database(tables: string): Promise<OtherDatabase> {
    const sandbox = await createSandbox();
    this.#sandboxes.push(sandbox);
    const database = new OtherDatabase(sandbox.databaseUrl);
    await database.query(tables);
    return database;
  }

  /**
   * Follows a recipe: its files go to the scripts, and its handlers to the registry, with values for its parameters.
   *
   * @param change Changes the set, as a person would in the file.
   */
  async follow(
    name: string,
    given: Readonly<Record<string, string>>,
    change: (set: RecipeSet) => void = () => undefined,
  ): Promise<void> {
    const recipe = await this.installation.json<ServedRecipe>('GET', `/recipes/${name}`);
    await mkdir(join(this.scripts, name), { recursive: true });
    for (const { name: file, text, executable } of recipe.files) {
      await writeFile(join(this.scripts, name, file), text, { mode: executable ? 0o755 : 0o644 });
    }
    const found = parameterValues(recipe.parameters, (parameter) => given[parameter]);
    if ('faults' in found) throw new Error(JSON.stringify(found.faults));
    const set = filledIn(recipe.set, found.values);
    change(set);
    await this.installation.json('PUT', '/handlers/set', set);
    await this.installation.inForce();
  }

  /** Settings beside a recipe's script, which only their owner may read. */
  async configure(name: string, file: string, lines: readonly string[]): Promise<void> {
    await mkdir(join(this.scripts, name), { recursive: true });
    await writeFile(join(this.scripts, name, file), `${lines.join('\n')}\n`, { mode: 0o600 });
  }

  publish(message: BillingMessage): Promise<string> {
    return this.#billing.publish(message);
  }

  /** Publishes an event and waits until it has succeeded. */
  async happens(message: BillingMessage): Promise<ShownEvent> {
    return this.done(await this.publish(message));
  }

  /** The event once it is done; fails when it has not succeeded. */
  async done(id: string, timeoutMs = 60_000): Promise<ShownEvent> {
    const event = await this.settled(id, timeoutMs);
    if (event.status !== 'succeeded') throw new Error(JSON.stringify(event, undefined, 2));
    return event;
  }

  /** The event once it has succeeded or failed. */
  settled(id: string, timeoutMs = 60_000): Promise<ShownEvent> {
    return eventually(async () => {
      const event = await this.event(id);
      return event && event.status !== 'waiting' ? event : undefined;
    }, timeoutMs);
  }

  /** The event once it waits, with what it waits for. */
  waiting(id: string): Promise<ShownEvent> {
    return eventually(async () => {
      const event = await this.event(id);
      return event?.status === 'waiting' ? event : undefined;
    });
  }

  /** The event once it waits because of an attempt that says a text. */
  async waitingFor(id: string, text: string): Promise<ShownAttempt> {
    return eventually(async () => {
      const attempts = (await this.waiting(id)).executions.flatMap((execution) => execution.attempts);
      return attempts.find((attempt) => JSON.stringify(attempt).includes(text));
    });
  }

  /** Undefined while no executor has recorded it. */
  async event(id: string): Promise<ShownEvent | undefined> {
    const response = await this.installation.call('GET', `/events/${id}`);
    if (response.status === 404) {
      await response.body?.cancel();
      return undefined;
    }
    return (await response.json()) as ShownEvent;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#billing.close();
    await this.installation.stop();
    await this.supervisor.close({ force: true });
    for (const sandbox of this.#sandboxes) await sandbox.dispose();
    await rm(this.scripts, { recursive: true });
  }
}
