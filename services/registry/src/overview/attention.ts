/** What may need attention, the most urgent first. */
export const attentionKinds = [
  'no_executor',
  'circuit_open',
  'executors_behind',
  'handlers_failing',
  'keys_waiting',
  'messages_rejected',
] as const;
export type AttentionKind = (typeof attentionKinds)[number];

export const severities = ['critical', 'warning'] as const;
export type Severity = (typeof severities)[number];

/** A handler or a target. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** Something that a person should look at. */
export interface Attention {
  readonly kind: AttentionKind;
  readonly severity: Severity;
  /** Of executors, handlers and targets, keys or messages, as the kind says. */
  readonly count: number;
  /** Since when, where that is known. */
  readonly since: Date | null;
  /** The handlers that it is about, the first of them. */
  readonly handlers: readonly Named[];
  /** The targets that it is about, the first of them. */
  readonly targets: readonly Named[];
}

/** A handler or target nearly none of whose calls are made on an executor. */
export interface OpenCircuit {
  readonly type: 'handler' | 'target';
  readonly owner: Named;
  readonly openedAt: Date;
}

/** What attention is drawn to by. */
export interface Facts {
  readonly executors: { readonly running: number; readonly behind: number };
  /** When the newest revision was made. */
  readonly changedAt: Date;
  readonly now: Date;
  readonly openCircuits: readonly OpenCircuit[];
  /** Handlers that have failed, with the share of their executions that did. */
  readonly failing: readonly (Named & { readonly failed: number; readonly total: number })[];
  readonly waiting: { readonly long: number; readonly oldest: Date | null };
  readonly rejected: number;
}

/** An executor loads a new revision within a second, and asks for it every few; only then is it late. */
const reloadMs = 30_000;
/** A handler that fails now and then is not what to look at first. */
const failingShare = 0.5;
const shownOwners = 10;

/** What needs attention, the most pressing first; nothing when all is well. */
export function attentionTo(facts: Facts): Attention[] {
  const { executors, openCircuits, waiting } = facts;
  const failing = facts.failing.filter(({ failed, total }) => failed >= failingShare * total);
  const isLate = facts.now.getTime() - facts.changedAt.getTime() > reloadMs;
  const opened = openCircuits.map(({ openedAt }) => openedAt.getTime());
  const all = [
    attention('no_executor', 'critical', executors.running === 0 ? 1 : 0),
    attention('circuit_open', 'critical', openCircuits.length, {
      since: opened.length > 0 ? new Date(Math.min(...opened)) : null,
      handlers: ownersOf(openCircuits, 'handler'),
      targets: ownersOf(openCircuits, 'target'),
    }),
    attention('executors_behind', 'warning', isLate ? executors.behind : 0, { since: facts.changedAt }),
    attention('handlers_failing', 'warning', failing.length, { handlers: failing }),
    attention('keys_waiting', 'warning', waiting.long, { since: waiting.oldest }),
    attention('messages_rejected', 'warning', facts.rejected),
  ];
  return all.filter(({ count }) => count > 0);
}

function attention(
  kind: AttentionKind,
  severity: Severity,
  count: number,
  { since = null, handlers = [], targets = [] }: Partial<Pick<Attention, 'since' | 'handlers' | 'targets'>> = {},
): Attention {
  return {
    kind,
    severity,
    count,
    since,
    handlers: shown(handlers),
    targets: shown(targets),
  };
}

function shown(owners: readonly Named[]): Named[] {
  return owners.slice(0, shownOwners).map(({ id, name }) => ({ id, name }));
}

function ownersOf(circuits: readonly OpenCircuit[], wanted: OpenCircuit['type']): Named[] {
  return circuits.filter(({ type }) => type === wanted).map(({ owner }) => owner);
}
