import type { Command } from 'commander';
import { answerOf, everyItem, type AuditEntryView, type operations } from '#sdk';
import { fieldChanges } from '../handlers/set/field-changes.ts';
import { fieldText } from '../handlers/set/change-text.ts';
import { withExamples } from '../help/examples.ts';
import { firstItems } from '../input/first-items.ts';
import { moment as momentOption, positiveNumber } from '../input/option-values.ts';
import { moment, momentColumns } from '../output/moments.ts';
import { plainLine } from '../output/plain-text.ts';
import type { Column } from '../output/table.ts';
import type { InSession, Session } from '../session.ts';

type Query = NonNullable<operations['listAudit']['parameters']['query']>;

interface AuditOptions extends Omit<Query, 'limit' | 'cursor'> {
  changes?: true;
  limit: number;
}

const pageSize = 100;

const columns: readonly Column<AuditEntryView>[] = [
  ...momentColumns('time', ({ at }: AuditEntryView) => at),
  { title: 'actor', cut: 'end', value: ({ actor }) => actor.name },
  { title: 'action', value: ({ action }) => action },
  { title: 'subject', cut: 'end', value: subjectOf },
  { title: 'subject id', only: 'wide', value: ({ subject }) => subject.id },
  { title: 'address', only: 'wide', value: ({ address }) => address },
];

/** `provisor audit` */
export function addAudit(program: Command, inSession: InSession): void {
  const command = program
    .command('audit')
    .description('Who changed what: list audit entries, newest first')
    .option('--actor <name>', 'Name or id of who did it')
    .option('--action <list>', 'Action, such as handler.update (comma-separated)')
    .option('--subject <name>', 'Name or id of what was changed')
    .option('--from <when>', 'At or after: 2026-03-01T09:15:00Z, or 2h ago', (value) => momentOption(value))
    .option('--to <when>', 'Before', (value) => momentOption(value))
    .option('--changes', 'Show each changed field, before and after')
    .option('-n, --limit <number>', 'Most entries', positiveNumber, 50)
    .action(inSession(audit));
  withExamples(command, ['Who changed this handler, and how?', "provisor audit --subject 'SIP account' --changes"]);
}

async function audit({ client, output }: Session, { limit, changes, ...filter }: AuditOptions): Promise<void> {
  const page = (query: Query) => answerOf(client.GET('/api/v1/audit', { params: { query } }));
  const pages = everyItem<AuditEntryView>((cursor) =>
    page({ ...filter, limit: Math.min(limit, pageSize), ...(cursor !== undefined && { cursor }) }),
  );
  const found = await firstItems(pages, limit);
  if (changes && !output.json) for (const entry of found) output.raw(`${entryText(entry)}\n`);
  else output.list(found, columns, 'No audit entries match.');
}

function entryText(entry: AuditEntryView): string {
  const { at, actor, action, before, after } = entry;
  const head = plainLine([moment(at), actor.name, action, subjectOf(entry)].join('  '));
  return [head, ...fieldChanges(before, after).map((change) => `    ${fieldText(change)}`)].join('\n');
}

function subjectOf({ subject }: AuditEntryView): string {
  return subject.name ?? subject.id;
}
