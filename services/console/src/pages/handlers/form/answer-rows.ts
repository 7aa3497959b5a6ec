import type { OutcomeKind } from '#contracts';
import type { OutcomeRuleView } from '#contracts/rest-api';

/** A rule in the form; the key tells it from its equals. */
export interface RuleRow {
  key: string;
  when: string;
  outcome: OutcomeKind;
  reason: string;
}

/** A value that is kept, in the form. */
export interface KeepRow {
  key: string;
  name: string;
  expression: string;
}

export function ruleRow(rule: Partial<OutcomeRuleView> = {}): RuleRow {
  const { when = '', outcome = 'success', reason = '' } = rule;
  return { key: crypto.randomUUID(), when, outcome, reason };
}

export function keepRow(name = '', expression = ''): KeepRow {
  return { key: crypto.randomUUID(), name, expression };
}

/** What the rows say; a row that is wholly empty does not count. */
export function rulesIn(rows: readonly RuleRow[]): OutcomeRuleView[] {
  return rows
    .filter(({ when, reason }) => when.trim() !== '' || reason.trim() !== '')
    .map(({ when, outcome, reason }) => ({
      when: when.trim(),
      outcome,
      ...(reason.trim() !== '' && { reason: reason.trim() }),
    }));
}

export function keepIn(rows: readonly KeepRow[]): Record<string, string> {
  const filled = rows.filter(({ name, expression }) => name.trim() !== '' || expression.trim() !== '');
  return Object.fromEntries(filled.map(({ name, expression }) => [name.trim(), expression.trim()]));
}
