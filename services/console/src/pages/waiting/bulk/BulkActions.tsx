import { Group } from '@mantine/core';
import { useState } from 'react';
import type { DeferralView } from '#contracts/rest-api';
import { ActionButton } from '../../../components/ActionButton.tsx';
import { formatNumber } from '../../../components/format-number.ts';
import type { Selection } from '../../../components/selection.ts';
import { SelectPage } from '../../../components/SelectRows.tsx';
import { useRefusal } from '../../../session/role.ts';
import type { WaitingFilters } from '../waiting-filters.ts';
import type { KeyAction } from '../waiting-list.ts';
import { bulkTargetOf, type BulkTarget } from './bulk-target.ts';
import { BulkDialog } from './BulkDialog.tsx';

interface Props {
  filters: WaitingFilters;
  /** Of this page. */
  deferrals: readonly DeferralView[];
  selection: Selection<DeferralView>;
}

/** Retries or skips the selected keys; without a selection, all that match. */
export function BulkActions({ filters, deferrals, selection }: Props) {
  const [asked, setAsked] = useState<{ action: KeyAction; target: BulkTarget }>();
  const mayAct = useRefusal('operator') === undefined;
  const { chosen } = selection;
  const scope = chosen.size > 0 ? `${formatNumber(chosen.size)} selected` : 'all that match';
  const ask = (action: KeyAction): void => setAsked({ action, target: bulkTargetOf(chosen, filters) });
  const close = (isDone: boolean): void => {
    setAsked(undefined);
    if (isDone) selection.set([]);
  };
  const quiet = { needs: 'operator', variant: 'default', size: 'xs' } as const;
  return (
    <Group gap="xs" mb="sm" mih={34}>
      {mayAct && <SelectPage rows={deferrals} selection={selection} />}
      {deferrals.length > 0 && (
        <>
          <ActionButton {...quiet} onClick={() => ask('retry')}>
            Retry {scope}…
          </ActionButton>
          <ActionButton {...quiet} c="var(--tone-bad)" onClick={() => ask('skip')}>
            Skip {scope}…
          </ActionButton>
        </>
      )}
      <BulkDialog asked={asked} onClose={close} />
    </Group>
  );
}
