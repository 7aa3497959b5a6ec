import createClient, { type Client } from 'openapi-fetch';
import type { paths } from '#contracts/rest-api';
import { problemIn, RegistryAway } from './problem.ts';

/** Calls the REST API; paths, parameters, bodies and answers are typed by its description. */
export type RegistryClient = Client<paths>;

export interface RegistryClientOptions {
  /** Where the registry is, `https://provisor.example`. */
  url: string;
  apiKey: string;
  /** Shown in the registry's log. */
  userAgent?: string;
  /** In place of the one that is built in, for a proxy or certificates of your own. */
  fetch?: (request: Request) => Promise<Response>;
}

/** @throws {TypeError} When the URL is none. */
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
 * What a call has answered with.
 *
 * @throws {ApiProblem} What the registry has refused, and why.
 * @throws {RegistryAway} When no answer came.
 */
export async function answerOf<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call.catch((cause: unknown) => {
    // A caller that cancelled it does not need the result.
    if ((cause as { name?: unknown } | null)?.name === 'AbortError') throw cause;
    throw new RegistryAway(`does not answer: ${rootOf(cause)}`, { cause });
  });
  if (!response.ok) throw problemIn(response, error);
  // An answer without a body (204) has no data, and a type that says so.
  return data as T;
}

/** The condition that a change is made on the version that was seen, and on no later one. */
export function ifVersion({ version }: { version: number }): { 'If-Match': string } {
  return { 'If-Match': `"${version}"` };
}

/** "fetch failed" says little; what lies below says why. */
function rootOf(error: unknown): string {
  let root = error as Partial<NodeJS.ErrnoException>;
  while (typeof root.cause === 'object' && root.cause !== null) root = root.cause;
  // Several addresses were tried: Node gathers what went wrong, with a code and no words.
  return [root.message, root.code, root.name].find((text) => text) ?? String(error);
}
