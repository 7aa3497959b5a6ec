import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** A database and a virtual host of one's own, on the servers of the test run. */
export interface Sandbox {
  /** With a login that may do everything. */
  databaseUrl: string;
  /** With the registry's login and the executor's; on a server that was given, the same. */
  registryDatabaseUrl: string;
  executorDatabaseUrl: string;
  amqpUrl: string;
  /** RabbitMQ's management API, with user and password. */
  managementUrl?: string;
  vhost: string;
  /** Removes both, also when something is still connected to them. */
  dispose(): Promise<void>;
}

/**
 * Makes a sandbox. Test files each make their own, so that they can run side by side. On a broker without a management
 * API (an AMQP_URL that was given) there is no virtual host of one's own: tests then share the given one.
 *
 * @param migrate Makes the schema in an empty database. It runs once per test run: sandboxes get copies of the result,
 * which take a third of the time. Without it, the database is empty.
 */
export async function createSandbox(migrate?: (databaseUrl: string) => Promise<void>): Promise<Sandbox> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const amqp = new URL(required('TEST_AMQP_URL'));
  const managementUrl = process.env['TEST_MANAGEMENT_URL'];
  const template = migrate ? await migratedTemplate(migrate) : 'template1';
  await onDatabaseServer((client) => copyDatabase(client, template, name));
  if (managementUrl) await makeVhost(managementUrl, name, decodeURIComponent(amqp.username));

  const databaseUrl = (login: string) => urlOfDatabase(login, name);
  if (managementUrl) amqp.pathname = `/${name}`;
  return {
    databaseUrl: databaseUrl('TEST_DATABASE_URL'),
    registryDatabaseUrl: databaseUrl('TEST_REGISTRY_DATABASE_URL'),
    executorDatabaseUrl: databaseUrl('TEST_EXECUTOR_DATABASE_URL'),
    amqpUrl: amqp.href,
    ...(managementUrl && { managementUrl }),
    vhost: decodeURIComponent(amqp.pathname.slice(1)),
    async dispose() {
      await onDatabaseServer((client) => dropDatabase(client, name));
      if (managementUrl) await manage(managementUrl, 'DELETE', `/api/vhosts/${name}`);
    },
  };
}

async function makeVhost(managementUrl: string, vhost: string, user: string): Promise<void> {
  await manage(managementUrl, 'PUT', `/api/vhosts/${vhost}`);
  await manage(managementUrl, 'PUT', `/api/permissions/${vhost}/${user}`, { configure: '.*', write: '.*', read: '.*' });
}

/** One call of RabbitMQ's management API; `fetch` does not take the credentials in a URL. */
async function manage(managementUrl: string, method: string, path: string, body: object = {}): Promise<void> {
  const { origin, username, password } = new URL(managementUrl);
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
  const headers = { authorization, 'content-type': 'application/json' };
  const response = await fetch(origin + path, { method, headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${method} ${path}: ${String(response.status)} ${await response.text()}`);
}

/** The database that sandboxes with a schema are copies of. The first test that needs it makes it; the others wait. */
async function migratedTemplate(migrate: (databaseUrl: string) => Promise<void>): Promise<string> {
  const template = required('TEST_TEMPLATE_DATABASE');
  const unfinished = `${template}_unfinished`;
  await onDatabaseServer(async (client) => {
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [template]); // Until this connection ends.
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [template]);
    if (rowCount === 1) return;
    await dropDatabase(client, unfinished); // Of a test that failed here.
    await copyDatabase(client, 'template1', unfinished);
    await migrate(urlOfDatabase('TEST_DATABASE_URL', unfinished));
    await client.query(`ALTER DATABASE ${unfinished} RENAME TO ${template}`);
  });
  return template;
}

/** Removes the template of a run, whose schema may be older than that of the next run. Idempotent. */
export async function removeTemplate(): Promise<void> {
  const { TEST_TEMPLATE_DATABASE: template } = process.env;
  if (template === undefined) return;
  await onDatabaseServer((client) => dropDatabase(client, template));
  delete process.env['TEST_TEMPLATE_DATABASE'];
}

async function copyDatabase(client: pg.Client, from: string, name: string): Promise<void> {
  // A copy of the files takes a third of the time that a copy through the log takes.
  await client.query(`CREATE DATABASE ${name} TEMPLATE ${from} STRATEGY FILE_COPY`);
}

async function dropDatabase(client: pg.Client, name: string): Promise<void> {
  await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}

async function onDatabaseServer<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: required('TEST_DATABASE_URL') });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function urlOfDatabase(login: string, name: string): string {
  const url = new URL(required(login));
  url.pathname = `/${name}`;
  return url.href;
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: tests run by "npm test", whose setup starts the servers`);
  return value;
}
