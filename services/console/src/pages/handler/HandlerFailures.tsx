import { Alert, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FailureGroupView, HandlerView } from '#contracts/rest-api';
import { ActionButton } from '../../components/ActionButton.tsx';
import { counted, formatNumber } from '../../components/format-number.ts';
import { AwayIcon } from '../../components/icons.tsx';
import { PageButton } from '../../components/links.ts';
import { reasonLabel } from '../../components/reasons.ts';
import { Until } from '../../components/Until.tsx';
import { FailureDialog, type AskedAction } from '../failures/actions/FailureDialog.tsx';
import { failureGroupsQuery } from '../failures/failure-list.ts';
import classes from './HandlerFailures.module.css';

/** The open failures of a handler, with a resume of all; nothing without failures. */
export function HandlerFailures({ handler }: { handler: HandlerView }) {
  const handlerId = handler.id;
  const { data } = useQuery(failureGroupsQuery({ handlerId }));
  const [asked, setAsked] = useState<AskedAction>();
  const groups = data?.items ?? [];
  const open = groups.reduce((sum, group) => sum + group.open, 0);
  const dialog = <FailureDialog asked={asked} onClose={() => setAsked(undefined)} />;
  // The dialog stays until it has closed, also when the last failure is gone.
  if (open === 0) return dialog;
  const resume = (): void => setAsked({ action: 'resume', target: { kind: 'filter', filter: { handlerId } } });
  return (
    <Alert
      role="status"
      variant="outline"
      classNames={classes}
      icon={<AwayIcon />}
      title={counted(open, 'open failure')}
    >
      <Group justify="space-between" gap="sm">
        <Text size="sm">
          Oldest: <Until at={oldestOf(groups)} />. {groups.map(inWords).join(', ')}.
        </Text>
        <Group gap="xs">
          <PageButton to="/failures" search={{ handlerId }} variant="default" size="xs">
            Show failures
          </PageButton>
          <ActionButton needs="operator" size="xs" onClick={resume}>
            Resume {formatNumber(open)} failed…
          </ActionButton>
        </Group>
      </Group>
      {dialog}
    </Alert>
  );
}

function oldestOf(groups: readonly FailureGroupView[]): string {
  return groups.map(({ oldestAt }) => oldestAt).reduce((oldest, each) => (each < oldest ? each : oldest));
}

function inWords({ reason, open }: FailureGroupView): string {
  return `${reasonLabel(reason)}: ${formatNumber(open)}`;
}
