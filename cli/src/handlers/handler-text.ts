import { stringify } from 'yaml';
import type { HandlerView } from '#sdk';

/**
 * A handler as YAML: what the registry has added, which cannot be changed, as a comment.
 *
 * @param eventLabel What people call its event type.
 */
export function handlerText(handler: HandlerView, eventLabel?: string): string {
  const { id, version, createdAt, updatedAt, signingSecrets = [], ...fields } = handler;
  const head = [
    `id ${id}, version ${version}`,
    `created ${createdAt}, changed ${updatedAt}`,
    ...(eventLabel === undefined ? [] : [`event: ${eventLabel}`]),
    ...(signingSecrets.length > 0 ? [`calls are signed with ${signingSecrets.length} secret(s)`] : []),
  ];
  return `${head.map((line) => `# ${line}\n`).join('')}${stringify(fields, { lineWidth: 0 })}`;
}
