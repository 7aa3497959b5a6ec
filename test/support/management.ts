import { eventually } from './eventually.ts';

interface Connection {
  name: string;
  user_provided_name?: string;
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
