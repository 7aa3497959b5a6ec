import { stringify } from 'yaml';
import type { HandlerView } from '#sdk';

/**
 * A handler as YAML. Fields that cannot be changed are comments.
 *
 * @param eventLabel The label of its event type.
 */
export function handlerText(handler: HandlerView, eventLabel?: string): string {
  const { id, version, createdAt, updatedAt, signingSecrets = [], ...fields } = handler;
  const head = [
    `id ${id}, version ${version}`,
    `created ${createdAt}, changed ${updatedAt}`,
    ...(eventLabel === undefined ? [] : [`event: ${eventLabel}`]),
    ...(signingSecrets.length > 0 ? [`signing secrets: ${signingSecrets.length}`] : []),
  ];
  return `${head.map((line) => `# ${line}\n`).join('')}${stringify(fields, { lineWidth: 0 })}`;
}
