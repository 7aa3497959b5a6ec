import type { DeferralView, EventExecutionView, RejectedMessageView } from '#contracts/rest-api';

/** A code of the API in words: a label for tables and badges, and a sentence that explains it. */
export interface ReasonWords {
  readonly label: string;
  readonly meaning: string;
}

/**
 * Why an attempt failed, or why none was made. The codes are stable; a new one is shown as it is until it has words
 * here.
 */
const attemptReasons: Readonly<Record<string, ReasonWords>> = {
  http_status: { label: 'Error status', meaning: 'The target answered with an error status.' },
  redirect: { label: 'Redirect', meaning: 'The target answered with a redirect. Provisor does not follow redirects.' },
  timeout: { label: 'Timeout', meaning: 'The answer was not complete within the timeout of the handler.' },
  connection_refused: { label: 'Connection refused', meaning: 'Nothing listens at this address and port.' },
  connection_reset: { label: 'Connection reset', meaning: 'The target closed the connection during the call.' },
  connection_failed: { label: 'Connection failed', meaning: 'The executor could not connect to the target.' },
  host_unreachable: { label: 'Host unreachable', meaning: 'The network has no route to the host.' },
  dns_failure: { label: 'Unknown host', meaning: 'The host name has no address.' },
  auth_unavailable: {
    label: 'No access token',
    meaning: 'The token endpoint of the target gave no access token. The target was not called.',
  },
  dns_unavailable: { label: 'DNS unavailable', meaning: 'The name servers did not answer. The target was not called.' },
  tls_failure: {
    label: 'TLS failure',
    meaning: 'No secure connection: check the certificate, the protocol version and the client certificate.',
  },
  bad_response: { label: 'Invalid response', meaning: 'The answer is not a valid HTTP response.' },
  address_refused: {
    label: 'Address not allowed',
    meaning: 'HTTP_ALLOW_CIDRS and HTTP_DENY_CIDRS do not allow this address.',
  },
  exit_code: { label: 'Exit code', meaning: 'The script ended with an exit code other than 0.' },
  signal: { label: 'Signal', meaning: 'A signal ended the script.' },
  script_outside: { label: 'Script not allowed', meaning: 'The script is outside the folders in SCRIPTS_DIRS.' },
  script_symlink_outside: {
    label: 'Script not allowed',
    meaning: 'The script is a link to a file outside the folders in SCRIPTS_DIRS.',
  },
  script_missing: { label: 'Script not found', meaning: 'The executor does not have this script.' },
  script_not_file: { label: 'Not a file', meaning: 'The path is not a file.' },
  script_not_executable: { label: 'Not executable', meaning: 'The executor may not execute the script.' },
  script_writable_by_others: {
    label: 'Unsafe permissions',
    meaning: 'Other users may write to the script or its folder, so the executor does not run it.',
  },
  script_owner: {
    label: 'Unsafe owner',
    meaning: 'The script belongs to a user whose scripts the executor does not run.',
  },
  script_not_runnable: {
    label: 'Cannot run',
    meaning: 'The system cannot run the file: check its first line and format.',
  },
  spawn_failed: { label: 'Start failed', meaning: 'The executor could not start a process.' },
  script_host_lost: { label: 'Script host lost', meaning: 'The process that starts scripts ended during the call.' },
  script_host_lost_again: {
    label: 'Script host lost',
    meaning: 'The process that starts scripts ended several times while this script ran.',
  },
  script_error: { label: 'Script error', meaning: 'The script reported an error.' },
  script_ended: { label: 'Script ended', meaning: 'The persistent script ended during the call.' },
  bad_reply: { label: 'Invalid reply', meaning: 'The persistent script sent a reply that is not valid.' },
  smtp_temporary: { label: 'Mail deferred', meaning: 'The mail server does not take the message for now (reply 4xx).' },
  smtp_rejected: {
    label: 'Mail refused',
    meaning: 'The mail server refuses the message, or some of its recipients (reply 5xx).',
  },
  email_login_refused: {
    label: 'Mail login refused',
    meaning: 'The mail server does not accept the login in SMTP_URL. Nothing was sent.',
  },
  email_not_configured: {
    label: 'No mail server',
    meaning: 'The executor has no SMTP_URL. The e-mail waits for an executor that has one.',
  },
  executor_resources: {
    label: 'Out of resources',
    meaning: 'The executor’s machine had no resources left for the call.',
  },
  aborted: {
    label: 'Aborted',
    meaning: 'The executor stopped or lost the event during the call. The call is made again.',
  },
  secrets_unavailable: {
    label: 'Secrets unavailable',
    meaning: 'A secret of the handler cannot be opened: see SECRETS_KEY.',
  },
  given_up: { label: 'Given up', meaning: 'An operator gave this execution up.' },
  handler_disabled: {
    label: 'Handler disabled',
    meaning: 'The handler was disabled or archived while the execution waited.',
  },
  condition_unmet: { label: 'Condition false', meaning: 'The condition of the handler is false for this event.' },
  condition_failed: {
    label: 'Condition failed',
    meaning: 'The condition of the handler could not be evaluated. The target was not called.',
  },
  template_failed: {
    label: 'Template failed',
    meaning: 'The request could not be made for this event. Nothing was sent.',
  },
  outcome_rule: { label: 'Rule', meaning: 'A rule of the handler decided, and gives no word for it.' },
  internal_error: { label: 'Internal error', meaning: 'A fault in Provisor.' },
};

/** Why an attempt failed, or why none was made; undefined for a code that has no words yet. */
export function attemptReason(code: string | null): ReasonWords | undefined {
  return code === null ? undefined : attemptReasons[code];
}

/** A code as a label. */
export function reasonLabel(code: string): string {
  return attemptReasons[code]?.label ?? code;
}

/** For a list to choose from, by label. */
export const attemptReasonChoices = Object.entries(attemptReasons)
  .map(([value, { label }]) => ({ value, label }))
  .sort((one, other) => one.label.localeCompare(other.label));

/** Why a key waits. */
export const deferralReasons: Readonly<Record<DeferralView['reason'], ReasonWords>> = {
  retry: { label: 'Retry', meaning: 'An attempt failed. The handler retries it.' },
  handler_busy: { label: 'Handler busy', meaning: 'The handler has reached its concurrency limit.' },
  circuit_open: {
    label: 'Circuit breaker open',
    meaning: 'Nearly all recent calls of the handler failed, so it makes only a few calls until one succeeds.',
  },
  held: { label: 'Held', meaning: 'The handler or its target is held. The event continues at the end of the hold.' },
  rate_limited: { label: 'Rate limited', meaning: 'The target takes no more calls at the moment, by its rate limit.' },
  slow_key: { label: 'Slow key', meaning: 'Earlier events of the key took long.' },
  held_long: { label: 'Held long', meaning: 'RabbitMQ’s limit for unacknowledged messages was reached.' },
  behind: { label: 'Behind', meaning: 'An earlier event of the same key waits.' },
  resume: { label: 'Resume', meaning: 'An operator resumed the event. It continues in the turn of its key.' },
  internal_error: { label: 'Internal error', meaning: 'A fault in Provisor. The event is retried.' },
};

/** The reason of a waiting key as a label: why it waits, or why its last attempt failed. */
export function waitReasonLabel(code: string): string {
  return (deferralReasons as Readonly<Record<string, ReasonWords>>)[code]?.label ?? reasonLabel(code);
}

/** Why an execution was skipped. */
export const skipReasons: Readonly<Record<NonNullable<EventExecutionView['skipReason']>, string>> = {
  earlier_failed: 'An earlier handler failed and stops later ones.',
  condition_unmet: 'Its condition is false for this event.',
  handler_disabled: 'The handler was disabled.',
};

/** Why a message was rejected. */
export const rejectionReasons: Readonly<Record<RejectedMessageView['reason'], string>> = {
  too_large: 'Larger than 1 MiB',
  unsupported_content_type: 'Unsupported content type',
  not_utf8: 'Not UTF-8',
  not_json: 'Not JSON',
  too_deep: 'Nested too deeply',
  wrong_shape: 'Missing or invalid fields',
  unknown_event_type: 'Unknown event type',
  bad_header: 'Invalid header',
  wrong_partition: 'Wrong partition',
  internal_error: 'Internal error',
};
