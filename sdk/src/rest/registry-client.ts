import createClient, { type Client } from 'openapi-fetch';
import type { paths } from '#contracts/rest-api';
import { problemIn, RegistryAway } from './problem.ts';

/** Calls the REST API; paths, parameters, bodies and responses have the types of its OpenAPI description. */
export type RegistryClient = Client<paths>;

export interface RegistryClientOptions {
  /** Where the registry is, `https://provisor.example`. */
  url: string;
  apiKey: string;
  /** Shown in the registry's log. */
  userAgent?: string;
  /** Replaces the built-in fetch, for a proxy or your own certificates. */
  fetch?: (request: Request) => Promise<Response>;
}

/** @throws {TypeError} When the URL is invalid. */
export function createRegistryClient({ url, apiKey, userAgent, fetch }: RegistryClientOptions): RegistryClient {
  const baseUrl = new URL(url).href.replace(/\/+$/, '');
  return createClient<paths>({
    baseUrl,
    headers: { authorization: `Bearer ${apiKey}`, ...(userAgent !== undefined && { 'user-agent': userAgent }) },
    querySerializer: { array: { style: 'form', explode: false } },
    ...(fetch && { fetch }),
  });
}

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/**
 * The data of a call's response.
 *
 * @throws {ApiProblem} When the registry refuses the request.
 * @throws {RegistryAway} When the registry does not answer.
 */
export async function answerOf<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call.catch((cause: unknown) => {
    // A caller that cancelled it does not need the result.
    if ((cause as { name?: unknown } | null)?.name === 'AbortError') throw cause;
    throw new RegistryAway(`does not answer: ${rootOf(cause)}`, { cause });
  });
  if (!response.ok) throw problemIn(response, error);
  // A response without a body (204) has no data; its type is undefined.
  return data as T;
}

/** Makes a change conditional: it is refused if the resource has a later version. */
export function ifVersion({ version }: { version: number }): { 'If-Match': string } {
  return { 'If-Match': `"${version}"` };
}

/** The innermost cause, since "fetch failed" says little. */
function rootOf(error: unknown): string {
  let root = error as Partial<NodeJS.ErrnoException>;
  while (typeof root.cause === 'object' && root.cause !== null) root = root.cause;
  // With several addresses, Node gathers the errors, with a code and no message.
  return [root.message, root.code, root.name].find((text) => text) ?? String(error);
}
