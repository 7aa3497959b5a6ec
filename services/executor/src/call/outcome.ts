import type { AttemptResponse, Reached } from '#contracts';

/**
 * Why an attempt did not succeed. The codes are stable: people filter by them, and tell their runbooks by them.
 *
 * From HTTP targets: `http_status`, `redirect`, `timeout`, `connection_refused`, `connection_reset`,
 * `connection_failed`, `host_unreachable`, `dns_failure`, `dns_unavailable`, `tls_failure`, `bad_response`, and
 * `address_refused`, when the address may not be called. From scripts: `exit_code`, `signal`, `timeout`,
 * `script_outside`, `script_symlink_outside`, `script_missing`, `script_not_file`, `script_not_executable`,
 * `script_writable_by_others`, `script_owner`, `script_not_runnable`, `spawn_failed`, `script_host_lost`,
 * `script_host_lost_again`; from
 * persistent ones besides `script_error`, `script_ended`, `bad_reply`. From mail servers: those of a connection, and
 * `smtp_temporary` (replies 4xx), `smtp_rejected` (5xx), `email_login_refused`, and `email_not_configured`, when there
 * is none. From all: `executor_resources`, when the
 * executor's machine had nothing left to make the call with, `aborted`, when the executor took the call back, and
 * `internal_error`, a fault of ours. Of no call: `auth_unavailable`, when there is no access token for the target,
 * `secrets_unavailable`, when a secret of the handler does not open,
 * `given_up`, by a person, `handler_disabled`, while the execution waited, `condition_unmet`, when the handler is not
 * for this event, and `condition_failed`, when that could not be found out, and `template_failed`, when its request
 * could not be made for the event. Rules of a handler give words of their own.
 */
export type FailureReason =
  | 'http_status'
  | 'redirect'
  | 'timeout'
  | 'connection_refused'
  | 'connection_reset'
  | 'connection_failed'
  | 'host_unreachable'
  | 'dns_failure'
  | 'dns_unavailable'
  | 'tls_failure'
  | 'bad_response'
  | 'address_refused'
  | 'exit_code'
  | 'signal'
  | 'script_outside'
  | 'script_symlink_outside'
  | 'script_missing'
  | 'script_not_file'
  | 'script_not_executable'
  | 'script_writable_by_others'
  | 'script_owner'
  | 'script_not_runnable'
  | 'spawn_failed'
  | 'script_host_lost'
  | 'script_host_lost_again'
  | 'script_error'
  | 'script_ended'
  | 'bad_reply'
  | 'smtp_temporary'
  | 'smtp_rejected'
  | 'email_login_refused'
  | 'email_not_configured'
  | 'executor_resources'
  | 'aborted'
  | 'auth_unavailable'
  | 'secrets_unavailable'
  | 'given_up'
  | 'handler_disabled'
  | 'condition_unmet'
  | 'condition_failed'
  | 'template_failed'
  | 'internal_error';

/** The longest that a target may ask to be left alone for, milliseconds. */
export const longestRetryAfterMs = 3_600_000;

/** How an attempt ended that did not succeed. */
export interface Failure {
  /** `retryable` may succeed when tried again, `permanent` will not. */
  readonly kind: 'retryable' | 'permanent';
  /** One of {@link FailureReason}, or the word of a rule of the handler. */
  readonly reason: string;
  /** For people. */
  readonly message: string;
  /**
   * What the target asked for, in milliseconds, {@link longestRetryAfterMs} at most; the next attempt is not made
   * earlier.
   */
  readonly retryAfterMs?: number;
}

/** How an attempt ended that succeeded. */
export interface Success {
  readonly kind: 'success';
  /** What a rule of the handler calls it. */
  readonly reason?: string;
  /** For people, where there is something to say. */
  readonly message?: string;
}

/** How one attempt ended. */
export type Outcome = Success | Failure;

/** An attempt's outcome and what the other side answered. */
export interface AttemptResult {
  readonly outcome: Outcome;
  readonly reached: Reached;
  readonly response: AttemptResponse;
  /** Further values that must not reach the journal or the log: access tokens, which the handler does not have. */
  readonly secrets?: readonly string[];
  /** What the target asked to be left alone for, whatever else it answered: see {@link Failure.retryAfterMs}. */
  readonly retryAfterMs?: number | undefined;
}

export const success: Outcome = { kind: 'success' };

/** An attempt that ended before anything was sent. */
export function unsent(outcome: Outcome): AttemptResult {
  return { outcome, reached: 'no', response: {} };
}

export function retryable(reason: FailureReason, message: string): Failure {
  return { kind: 'retryable', reason, message };
}

export function permanent(reason: FailureReason, message: string): Failure {
  return { kind: 'permanent', reason, message };
}
