import type { HandlerSetChangeView, HandlerSetResultView, TargetSetChangeView } from '#sdk';
import type { Output } from '../../output/output.ts';
import type { Style } from '../../output/table.ts';
import { plainLine } from '../../output/plain-text.ts';
import { fieldChanges, type FieldChange } from './field-changes.ts';

type Change = HandlerSetChangeView | TargetSetChangeView;

const signs: Record<Change['action'], { sign: string; style: Style }> = {
  create: { sign: '+', style: 'green' },
  update: { sign: '~', style: 'yellow' },
  archive: { sign: '-', style: 'red' },
  delete: { sign: '-', style: 'red' },
};

/** The changes of a set: a line for each target and handler, and below it one for each field. */
export function changesText({ changes, targets }: HandlerSetResultView, output: Output): string {
  return [
    ...targets.changes.map((change) => changeText(change, 'target ', output)),
    ...changes.map((change) => changeText(change, '', output)),
  ].join('\n');
}

/** `2 created, 1 changed, 0 archived, 5 unchanged`, and the same of targets where the set has any. */
export function summaryText({ changes, unchanged, targets }: HandlerSetResultView): string {
  const ofHandlers = countsText(changes, unchanged, 'archive', 'archived');
  if (targets.changes.length === 0 && targets.unchanged === 0) return ofHandlers;
  return `${ofHandlers}; targets: ${countsText(targets.changes, targets.unchanged, 'delete', 'deleted')}`;
}

function countsText(
  changes: readonly Change[],
  unchanged: number,
  removal: 'archive' | 'delete',
  removed: string,
): string {
  const count = (wanted: Change['action']): number => changes.filter(({ action }) => action === wanted).length;
  return `${count('create')} created, ${count('update')} changed, ${count(removal)} ${removed}, ${unchanged} unchanged`;
}

function changeText({ action, name, before, after, secrets }: Change, noun: string, output: Output): string {
  const { sign, style } = signs[action];
  const head = output.styled(style, `${sign} ${action} ${noun}${plainLine(name)}`);
  if (after === null) return head;
  const fields = fieldChanges(before, after).map((change) => `    ${fieldText(change)}`);
  const given = secrets.map((slot) => `    ${slot}: new secret`);
  return [head, ...fields, ...given].join('\n');
}

/** The change of a field on one line. */
export function fieldText({ field, before, after }: FieldChange): string {
  if (before === undefined) return plainLine(`${field}: ${after!}`);
  return plainLine(`${field}: ${before} → ${after ?? 'unset'}`);
}
