import { stringify } from 'yaml';
import type { HandlerView } from '#sdk';

/** A handler as YAML: what the registry has added, which cannot be changed, as a comment. */
export function handlerText(handler: HandlerView): string {
  const { id, version, createdAt, updatedAt, signingSecrets = [], ...fields } = handler;
  const head = [
    `id ${id}, version ${version}`,
    `created ${createdAt}, changed ${updatedAt}`,
    ...(signingSecrets.length > 0 ? [`calls are signed with ${signingSecrets.length} secret(s)`] : []),
  ];
  return `${head.map((line) => `# ${line}\n`).join('')}${stringify(fields, { lineWidth: 0 })}`;
}
