import { stringify } from 'yaml';
import type { TargetView } from '#sdk';
import { holdText } from '../holds/hold-text.ts';

/** A target as YAML. Fields that cannot be changed are comments. */
export function targetText(target: TargetView): string {
  const { id, version, createdAt, updatedAt, handlerCount, hold, ...fields } = target;
  const head = [
    `id ${id}, version ${version}`,
    `created ${createdAt}, changed ${updatedAt}`,
    `handlers: ${handlerCount}`,
    ...(hold === null ? [] : [holdText(hold)]),
  ];
  return `${head.map((line) => `# ${line}\n`).join('')}${stringify(fields, { lineWidth: 0 })}`;
}
