import { Group, Text } from '@mantine/core';
import { useState } from 'react';
import type { FailureView } from '#contracts/rest-api';
import { ActionButton } from '../../components/ActionButton.tsx';
import { formatNumber } from '../../components/format-number.ts';
import type { Selection } from '../../components/selection.ts';
import { SelectPage } from '../../components/SelectRows.tsx';
import { useRefusal } from '../../session/role.ts';
import { FailureDialog, type FailureAction } from './actions/FailureDialog.tsx';
import { failureFilterOf, type FailureFilters } from './failure-filters.ts';
import type { FailureTarget } from './failure-target.ts';

interface Props {
  filters: FailureFilters;
  /** Of this page. */
  failures: readonly FailureView[];
  selection: Selection<FailureView>;
}

/** Actions on the selected failures; without a selection, on all that match. */
export function FailureActions({ filters, failures, selection }: Props) {
  const { chosen } = selection;
  const [asked, setAsked] = useState<{ action: FailureAction; target: FailureTarget }>();
  const mayAct = useRefusal('operator') === undefined;
  const ask = (action: FailureAction): void => {
    setAsked({ action, target: targetOf(filters, chosen) });
  };
  const close = (isDone: boolean): void => {
    setAsked(undefined);
    if (isDone) selection.set([]);
  };
  const quiet = { needs: 'operator', variant: 'default', size: 'xs' } as const;
  return (
    <Group gap="xs" mb="sm" mih={34}>
      {mayAct && <SelectPage rows={failures} selection={selection} />}
      {failures.length > 0 && (
        <>
          <Text size="sm" c="dimmed" aria-live="polite">
            {chosen.size > 0 ? `${formatNumber(chosen.size)} selected:` : 'All that match:'}
          </Text>
          {filters.state === 'settled' ? (
            <ActionButton {...quiet} onClick={() => ask('reopen')}>
              Reopen…
            </ActionButton>
          ) : (
            <>
              <ActionButton needs="operator" size="xs" onClick={() => ask('resume')}>
                Resume…
              </ActionButton>
              <ActionButton {...quiet} onClick={() => ask('settle')}>
                Settle…
              </ActionButton>
              <ActionButton {...quiet} onClick={() => ask('assign')}>
                Assign…
              </ActionButton>
            </>
          )}
        </>
      )}
      <FailureDialog asked={asked} onClose={close} />
    </Group>
  );
}

function targetOf(filters: FailureFilters, chosen: Selection<FailureView>['chosen']): FailureTarget {
  if (chosen.size > 0) return { kind: 'selected', failures: [...chosen.values()] };
  return { kind: 'filter', filter: failureFilterOf(filters) };
}
