import { stringify } from 'yaml';
import type { HandlerView } from '#sdk';
import { holdText } from '../holds/hold-text.ts';
import type { TargetNames } from '../targets/find-target.ts';

interface Names {
  /** The label of its event type. */
  readonly eventLabel?: string | undefined;
  readonly targetNames?: TargetNames;
}

/** A handler as YAML. Fields that cannot be changed are comments; a target has its name, as in files. */
export function handlerText(handler: HandlerView, { eventLabel, targetNames = new Map() }: Names = {}): string {
  const { id, version, createdAt, updatedAt, signingSecrets = [], hold, ...fields } = handler;
  const head = [
    `id ${id}, version ${version}`,
    `created ${createdAt}, changed ${updatedAt}`,
    ...(eventLabel === undefined ? [] : [`event: ${eventLabel}`]),
    ...(signingSecrets.length > 0 ? [`signing secrets: ${signingSecrets.length}`] : []),
    ...(hold === null ? [] : [holdText(hold)]),
  ];
  const { task } = fields;
  const target = task.type === 'http' && task.target !== undefined ? targetNames.get(task.target) : undefined;
  const shown = target === undefined ? fields : { ...fields, task: { ...task, target } };
  return `${head.map((line) => `# ${line}\n`).join('')}${stringify(shown, { lineWidth: 0 })}`;
}
