import type { HandlerView } from '#contracts/rest-api';
import { DataTable, type Column } from '../../components/DataTable.tsx';
import { Empty } from '../../components/Empty.tsx';
import { PageLink } from '../../components/links.ts';
import { StatusBadge } from '../../components/StatusBadge.tsx';
import { inOrder } from './rule.ts';
import { ruleInWords } from './rule-words.ts';

/** The handlers that run for notices, in plain words. */
export function RuleTable({ rules }: { rules: readonly HandlerView[] | undefined }) {
  return (
    <DataTable
      label="Rules"
      columns={columns}
      rows={rules && inOrder(rules)}
      rowKey={({ id }) => id}
      empty={
        <Empty title="No rules">
          Without a rule, notices stand here only. A rule sends an e-mail or calls a webhook.
        </Empty>
      }
    />
  );
}

const columns: readonly Column<HandlerView>[] = [
  { title: 'Rule', cell: ruleInWords },
  {
    title: 'Handler',
    cell: ({ id, name }) => (
      <PageLink to="/handlers/$handlerId" params={{ handlerId: id }} inherit>
        {name}
      </PageLink>
    ),
  },
  { title: 'Status', cell: ({ status }) => <StatusBadge status={status} />, width: '8rem' },
];
