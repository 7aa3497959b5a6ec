import type { FieldErrorView, ProblemView } from '#contracts/rest-api';

/** What the registry has refused, and why (RFC 9457). */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  /** The last part of `type`, `invalid-input`; stable, unlike the words. */
  readonly code: string;
  readonly title: string;
  /** Every field that is wrong, of an input that does not fit. */
  readonly fields: readonly FieldErrorView[];
  /** Seconds, where the registry has said when to ask again. */
  readonly retryAfter: number | undefined;

  constructor({ type, title, status, detail, errors = [] }: ProblemView, retryAfter?: number) {
    super(detail ?? title);
    this.status = status;
    this.code = type.split(':').at(-1) ?? '';
    this.title = title;
    this.fields = errors;
    this.retryAfter = retryAfter;
  }
}

/**
 * No answer came, or none that the registry would give: it is down, the address is wrong, or something between is in
 * the way.
 */
export class RegistryAway extends Error {
  override readonly name = 'RegistryAway';
  readonly code = 'registry_away';
}

/** Makes an error of an answer that is none that was hoped for. */
export function problemIn(response: Response, body: unknown): ApiProblem | RegistryAway {
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') ?? false;
  // A proxy that cannot reach the registry answers in its own words.
  if (!isProblem) return new RegistryAway(`answered ${response.status} without saying why; is this a registry?`);
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new ApiProblem(body as ProblemView, Number.isFinite(retryAfter) ? retryAfter : undefined);
}
