import { onlyWhere } from '../../tools/test/only-where.ts';
import { eventually } from './eventually.ts';

interface Connection {
  name: string;
  user_provided_name?: string;
}

/**
 * Chooses between a test function and its `skip`: a broker that `AMQP_URL` gives may have no management API that we
 * know of.
 *
 * @param run `it`, `test` or `describe`.
 */
export function whereManaged<T extends { skip: unknown }>(run: T): T | T['skip'] {
  return onlyWhere(run, process.env['TEST_MANAGEMENT_URL'] !== undefined, "a broker's management API");
}

/**
 * Ends a connection from the broker's side, as its operator may at any time. Resolves when the broker has ended it.
 *
 * @param managementUrl RabbitMQ's management API, with user and password.
 * @param name What the connection was opened with.
 */
export async function forceClose(managementUrl: string, name: string): Promise<void> {
  // The management API learns of connections in its own time.
  const { name: path } = await eventually(async () => {
    const connections = await managementJson<Connection[]>(managementUrl, '/api/connections');
    return connections.find((connection) => connection.user_provided_name === name);
  });
  const response = await call(managementUrl, 'DELETE', `/api/connections/${encodeURIComponent(path)}`);
  if (!response.ok) throw new Error(`connection ${name}: ${response.status} ${await response.text()}`);
}

/**
 * Ends connections of a virtual host as {@link forceClose} does, when all of them are there.
 *
 * @param names What they were opened with.
 */
export async function forceCloseIn(managementUrl: string, vhost: string, names: readonly string[]): Promise<void> {
  const path = `/api/vhosts/${encodeURIComponent(vhost)}/connections`;
  const paths = await eventually(async () => {
    const connections = await managementJson<Connection[]>(managementUrl, path);
    const found = connections.filter(({ user_provided_name: name }) => name !== undefined && names.includes(name));
    return found.length === names.length ? found.map(({ name }) => name) : undefined;
  });
  for (const one of paths) {
    const response = await call(managementUrl, 'DELETE', `/api/connections/${encodeURIComponent(one)}`);
    if (!response.ok) throw new Error(`connection ${one}: ${response.status} ${await response.text()}`);
  }
}

/** What the management API answers to a GET. */
export async function managementJson<T>(managementUrl: string, path: string): Promise<T> {
  const response = await call(managementUrl, 'GET', path);
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

/** Has the management API make or change something. */
export async function manage(managementUrl: string, method: 'PUT' | 'POST', path: string, body: object): Promise<void> {
  const response = await call(managementUrl, method, path, JSON.stringify(body));
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
}

function call(managementUrl: string, method: string, path: string, body?: string): Promise<Response> {
  const { origin, username, password } = new URL(managementUrl);
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
  const headers = { authorization, 'content-type': 'application/json' };
  return fetch(origin + path, { method, headers, ...(body !== undefined && { body }) });
}
