import { Text } from '@mantine/core';
import type { AuditEntryView } from '#contracts/rest-api';
import type { Column } from '../../components/DataTable.tsx';
import { FieldChanges } from '../../components/FieldChanges.tsx';
import { Time } from '../../components/Time.tsx';
import { actions } from './actions.ts';

const actorWords: Readonly<Record<AuditEntryView['actor']['kind'], string>> = {
  api_key: 'with a key',
  session: 'in the console',
  oidc: 'with a token',
};

/** What a table says of an entry of the audit, wherever it stands. */
export const entryColumns = {
  date: { title: 'Date', cell: ({ at }) => <Time at={at} />, width: '10.5rem' },
  who: {
    title: 'Who',
    cell: ({ actor: { name, id, kind }, address }) => (
      <div>
        <Text span size="sm" fw={550} title={id}>
          {name}
        </Text>
        <Text size="xs" c="dimmed">
          {actorWords[kind]}, {address}
        </Text>
      </div>
    ),
  },
  action: { title: 'Action', cell: ({ action }) => <span title={action}>{actions[action].words}</span> },
  change: { title: 'Change', cell: ({ before, after }) => <FieldChanges before={before} after={after} /> },
} as const satisfies Readonly<Record<string, Column<AuditEntryView>>>;
