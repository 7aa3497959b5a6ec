import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { AuditEntryView } from '../../api/generated/schema.d.ts';
import { CursorPager } from '../../components/CursorPager.tsx';
import { DataTable, type Column } from '../../components/DataTable.tsx';
import { Empty } from '../../components/Empty.tsx';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import { Time } from '../../components/Time.tsx';
import { AuditChanges } from './AuditChanges.tsx';
import { auditQuery } from './records.ts';

interface Props {
  handlerId: string;
  cursor: string | undefined;
  onMove: (cursor: string | undefined) => void;
}

/** What was done to a handler, in words; the API's own name where there are none yet. */
const deeds: Readonly<Record<string, string>> = {
  'handler.create': 'Made',
  'handler.update': 'Changed',
  'handler.archive': 'Archived',
  'handler.restore': 'Restored',
  'handler.test': 'Tested',
  'handler.signing_secret.make': 'Made a signing secret',
  'handler.signing_secret.revoke': 'Revoked a signing secret',
};

const columns: readonly Column<AuditEntryView>[] = [
  { title: 'Date', cell: ({ at }) => <Time at={at} />, width: '10.5rem' },
  {
    title: 'Who',
    cell: ({ actor, address }) => (
      <>
        {actor.name}
        <Text size="xs" c="dimmed">
          {address}
        </Text>
      </>
    ),
    width: '12rem',
  },
  { title: 'What', cell: ({ action }) => deeds[action] ?? action, width: '10rem' },
  { title: 'Changes', cell: (entry) => <AuditChanges entry={entry} /> },
];

/** Who changed the handler, when, and what. */
export function AuditPanel({ handlerId, cursor, onMove }: Props) {
  const { data, error, refetch, isPlaceholderData } = useQuery(auditQuery(handlerId, cursor));
  if (error) {
    return <ProblemAlert title="The audit trail could not be read" problem={error} onRetry={() => void refetch()} />;
  }
  return (
    <>
      <DataTable
        label="Audit trail"
        columns={columns}
        rows={data?.items}
        rowKey={({ id }) => id}
        isStale={isPlaceholderData}
        empty={<Empty title="Nothing was done to it">What is older than the audit is kept for is gone.</Empty>}
      />
      <CursorPager cursor={cursor} nextCursor={data?.nextCursor} onMove={onMove} />
    </>
  );
}
