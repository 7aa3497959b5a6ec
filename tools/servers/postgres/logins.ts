import { createHmac } from 'node:crypto';
import pg from 'pg';

/** Where each service logs in. */
export interface ServiceDatabaseUrls {
  registry: string;
  executor: string;
}

/** As `libs/database` names them; the registry's migrations give them their rights. */
const roles: ServiceDatabaseUrls = { registry: 'provisor_registry', executor: 'provisor_executor' };

/**
 * Makes the logins of the services in a PostgreSQL of ours, each with a password of its own that follows from the
 * superuser's.
 *
 * @param url of a database there, with the superuser
 */
export async function ensureLogins(url: string): Promise<ServiceDatabaseUrls> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return {
      registry: await ensureLogin(client, roles.registry, url),
      executor: await ensureLogin(client, roles.executor, url),
    };
  } finally {
    await client.end();
  }
}

async function ensureLogin(client: pg.Client, role: string, url: string): Promise<string> {
  const login = new URL(url);
  const password = createHmac('sha256', decodeURIComponent(login.password)).update(role).digest('hex');
  const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
  const statement = rowCount === 0 ? 'CREATE ROLE' : 'ALTER ROLE';
  await client.query(`${statement} ${role} LOGIN PASSWORD ${client.escapeLiteral(password)}`);
  login.username = role;
  login.password = password;
  return login.href;
}
