import createClient from 'openapi-fetch';
import type { paths } from '#contracts/rest-api';
import { problemIn, ServerAway } from './problem.ts';

/** Calls the registry; paths, parameters, bodies and answers are typed by its OpenAPI description. */
export const api = createClient<paths>({
  baseUrl: window.location.origin,
  // The session's cookie comes along, and tells other sites nothing.
  credentials: 'same-origin',
  querySerializer: { array: { style: 'form', explode: false } },
});

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/**
 * What a call has answered with.
 *
 * @throws {ApiProblem} What the registry has refused, and why.
 * @throws {ServerAway} When no answer came.
 */
export async function answerOf<T>(call: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await call;
  } catch (cause) {
    // The caller has cancelled the call.
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ServerAway({ cause });
  }
  if (!answer.response.ok) throw problemIn(answer.response, answer.error);
  // An answer without a body (204) has no data, and a type that says so.
  return answer.data as T;
}

/** The condition that a change is made on the version that was seen, and on no later one. */
export function ifVersion({ version }: { version: number }): { 'If-Match': string } {
  return { 'If-Match': `"${version}"` };
}
