import type { FieldErrorView, ProblemView } from '#contracts/rest-api';

/** An error that the registry has answered with (RFC 9457). */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  /** The last part of `type`, `invalid-input`; stable, unlike the words. */
  readonly code: string;
  readonly title: string;
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

/** No answer came, or none that the registry would give: it is down, or something between is. */
export class ServerAway extends Error {
  override readonly name = 'ServerAway';

  constructor(options?: ErrorOptions) {
    super('The registry does not answer.', options);
  }
}

/** Whether no user is signed in. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 401;
}

/** Whether asking again may help: the registry, its database or its broker is away. */
export function isPassing(error: unknown): boolean {
  return error instanceof ServerAway || (error instanceof ApiProblem && error.status === 503);
}

/** Makes an error of an answer that is none that was hoped for. */
export function problemIn(response: Response, body: unknown): ApiProblem | ServerAway {
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') ?? false;
  // A proxy that cannot reach the registry answers in its own words.
  if (!isProblem) return new ServerAway({ cause: new Error(`${response.status} without a problem`) });
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new ApiProblem(body as ProblemView, Number.isFinite(retryAfter) ? retryAfter : undefined);
}
