import { STATUS_CODES } from 'node:http';
import { HttpException } from '@nestjs/common';
import { BrokerError } from '#broker';
import { EventRejected, type FieldError, type RejectionReason } from '#contracts';
import { databaseTrouble } from '#database';
import { DomainError, InvalidInput, type DomainErrorKind } from '../domain-error.ts';

/** RFC 9457. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  errors?: readonly FieldError[];
}

const statusOfKind: Record<DomainErrorKind, number> = {
  invalid_input: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  precondition_failed: 412,
  too_many: 429,
  unavailable: 503,
};

const statusOfRejection: Partial<Record<RejectionReason, number>> = {
  too_large: 413,
  unsupported_content_type: 415,
  internal_error: 500,
};

/** What a caller learns about an error. Internal errors become a bare 500: the reason is for the log. */
export function problemOf(error: unknown): Problem {
  if (error instanceof InvalidInput) return problem(400, error.code, error.message, error.errors);
  if (error instanceof DomainError) return problem(statusOfKind[error.kind], error.code, error.message);
  if (error instanceof EventRejected) {
    // The body as a whole stands under the empty field name, so that a bad input always says where it is bad.
    const errors = error.errors.length > 0 ? error.errors : [{ field: '', message: error.message }];
    return problem(statusOfRejection[error.reason] ?? 400, error.reason, error.message, errors);
  }
  if (error instanceof BrokerError) return problem(503, `broker_${error.code}`, error.message);
  const trouble = databaseTrouble(error);
  if (trouble) return problem(503, trouble.code, trouble.reason);
  const status = frameworkStatus(error);
  return status === undefined ? problem(500) : problem(status, undefined, (error as Error).message);
}

function problem(status: number, code?: string, detail?: string, errors?: readonly FieldError[]): Problem {
  return {
    type: code === undefined ? 'about:blank' : `urn:provisor:problem:${code.replaceAll('_', '-')}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    ...(detail !== undefined && { detail }),
    ...(errors !== undefined && { errors }),
  };
}

/** The 4xx that NestJS or Fastify has for a request that never reached a controller (no route, bad URL, too large). */
function frameworkStatus(error: unknown): number | undefined {
  const status =
    error instanceof HttpException ? error.getStatus() : (error as { statusCode?: unknown } | null)?.statusCode;
  return error instanceof Error && typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}
