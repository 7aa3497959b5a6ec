import type { ApiRole } from '#orm';
import type { TestRegistry } from './registry.ts';

export interface MadeKey {
  id: string;
  key: string;
}

/** Makes an API key, as an administrator would. */
export async function makeKey(registry: TestRegistry, role: ApiRole, name: string = role): Promise<MadeKey> {
  const { status, body } = await registry.call('POST', '/api/v1/api-keys', { body: { name, role } });
  if (status !== 201) throw new Error(`no key was made: ${status} ${JSON.stringify(body)}`);
  return body as MadeKey;
}

/** Signs in with a key; what is returned is the `Cookie` header of a browser that did. */
export async function signIn(registry: TestRegistry, key: string): Promise<string> {
  const { status, headers } = await registry.call('POST', '/api/v1/session', { body: { key }, key: null });
  if (status !== 200) throw new Error(`not signed in: ${status}`);
  return headers.getSetCookie()[0]!.split(';')[0]!;
}
