import type { FieldErrorView, ProblemView } from '#contracts/rest-api';

/** A request that the registry refused, with the reason (RFC 9457). */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  /** The last part of `type`, such as `invalid-input`; stable, unlike the texts. */
  readonly code: string;
  readonly title: string;
  /** Every invalid field of the input. */
  readonly fields: readonly FieldErrorView[];
  /** Seconds until the registry accepts a retry, if it said so. */
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
 * No response, or one that is not from a registry: it is down, the address is wrong, or a proxy is in between.
 */
export class RegistryAway extends Error {
  override readonly name = 'RegistryAway';
  readonly code = 'registry_away';
}

/** Makes the error of a response that is not a success. */
export function problemIn(response: Response, body: unknown): ApiProblem | RegistryAway {
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') ?? false;
  // A proxy that cannot reach the registry answers in a format of its own.
  if (!isProblem)
    return new RegistryAway(
      `answered ${response.status} without a problem document: check that the URL is a registry's`,
    );
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new ApiProblem(body as ProblemView, Number.isFinite(retryAfter) ? retryAfter : undefined);
}
