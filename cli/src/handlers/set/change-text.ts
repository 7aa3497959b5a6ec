import type { HandlerSetChangeView, HandlerSetResultView } from '#sdk';
import type { Output } from '../../output/output.ts';
import type { Style } from '../../output/table.ts';
import { plainLine } from '../../output/plain-text.ts';
import { fieldChanges, type FieldChange } from './field-changes.ts';

const signs: Record<HandlerSetChangeView['action'], { sign: string; style: Style }> = {
  create: { sign: '+', style: 'green' },
  update: { sign: '~', style: 'yellow' },
  archive: { sign: '-', style: 'red' },
};

/** The changes of a set: a line for each handler, and below it one for each field. */
export function changesText({ changes }: HandlerSetResultView, output: Output): string {
  return changes.map((change) => changeText(change, output)).join('\n');
}

/** `2 created, 1 changed, 0 archived, 5 unchanged` */
export function summaryText({ changes, unchanged }: HandlerSetResultView): string {
  const count = (wanted: string): number => changes.filter(({ action }) => action === wanted).length;
  return `${count('create')} created, ${count('update')} changed, ${count('archive')} archived, ${unchanged} unchanged`;
}

function changeText({ action, name, before, after, secrets }: HandlerSetChangeView, output: Output): string {
  const { sign, style } = signs[action];
  const head = output.styled(style, `${sign} ${action} ${plainLine(name)}`);
  if (action === 'archive') return head;
  const fields = fieldChanges(before, after).map((change) => `    ${fieldText(change)}`);
  const given = secrets.map((slot) => `    ${slot}: new secret`);
  return [head, ...fields, ...given].join('\n');
}

/** The change of a field on one line. */
export function fieldText({ field, before, after }: FieldChange): string {
  if (before === undefined) return plainLine(`${field}: ${after!}`);
  return plainLine(`${field}: ${before} → ${after ?? 'unset'}`);
}
