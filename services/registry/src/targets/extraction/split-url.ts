import { targetPathFault } from '../../handlers/target-path.ts';

/** A URL in two parts: what a target has of it, and what is left for the task. */
export interface SplitUrl {
  readonly baseUrl: string;
  /** Undefined where the URL is nothing but an origin. */
  readonly path: string | undefined;
}

/** Splits the URL of a task behind its host and port; both parts together call the same. */
export function splitUrl(url: string): SplitUrl {
  const { origin, host, pathname, search } = new URL(url);
  const [, scheme = '', rest = ''] = /^(https?):\/\/[^/?]*(.*)$/i.exec(url) ?? [];
  const baseUrl = origin === 'null' ? `${scheme.toLowerCase()}://${host}` : origin;
  if (rest === '') return { baseUrl, path: undefined };
  // As it was written, unless it leads out of where it seems to lead.
  const written = rest.startsWith('?') ? `/${rest}` : rest;
  return { baseUrl, path: targetPathFault(written) === undefined ? written : `${pathname}${search}` };
}
