import type { OutcomeKind } from './outcome.ts';

/** Judges answers that fit it, before the usual rules do. */
export interface OutcomeRule {
  /** In CEL: it decides about answers for which this is true. */
  when: string;
  outcome: OutcomeKind;
  /** A word for people to filter by; absent: none of a success, `outcome_rule` of a failure. */
  reason?: string;
}

/** A reason that a rule may give. */
export const reasonPattern = /^[a-z][a-z0-9_]{0,39}$/;

/**
 * Reasons that say something of Provisor rather than of an answer: an attempt with one of them may not count, or tells
 * why there was no call. No rule may give them.
 */
export const ownReasons = [
  'aborted',
  'auth_unavailable',
  'dns_unavailable',
  'email_login_refused',
  'email_not_configured',
  'executor_resources',
  'spawn_failed',
  'script_host_lost',
  'script_host_lost_again',
  'secrets_unavailable',
  'given_up',
  'handler_disabled',
  'condition_unmet',
  'condition_failed',
  'template_failed',
  'internal_error',
] as const;

/** The name of a value that is kept. */
export const keptNamePattern = /^[A-Za-z_][A-Za-z0-9_]{0,39}$/;

/** The bounds of how answers are judged and kept; more is refused with 400. */
export const answerLimits = {
  outcomes: 16,
  keep: 16,
  /** Of one value, as JSON; a longer one is left out. */
  keptBytes: 1024,
} as const;
