import { Checkbox, Group } from '@mantine/core';
import { useState } from 'react';
import type { EventView } from '#contracts/rest-api';
import { ActionButton } from '../../components/ActionButton.tsx';
import { LiveSwitch } from '../../components/LiveSwitch.tsx';
import { useRefusal } from '../../session/role.ts';
import { replayFilterOf, type ReplayTarget } from '../replays/replay-target.ts';
import { ReplayDialog } from '../replays/ReplayDialog.tsx';
import type { EventFilters } from './event-filters.ts';
import { isReplayable, type Selection } from './selection.ts';

interface Props {
  filters: EventFilters;
  /** Of this page. */
  events: readonly EventView[];
  selection: Selection;
  onChange: (change: EventFilters) => void;
}

/** Actions on the list: follow it, replay the selected events or all that match. */
export function EventActions({ filters, events, selection: { chosen, set }, onChange }: Props) {
  const [target, setTarget] = useState<ReplayTarget>();
  const mayReplay = useRefusal('operator') === undefined;
  const replayable = events.filter(isReplayable);
  const areAll = replayable.length > 0 && replayable.every(({ id }) => chosen.has(id));
  const replayMatching = (): void => {
    const filter = replayFilterOf(filters);
    if (filter) setTarget({ kind: 'filter', filter });
  };
  return (
    <Group justify="space-between" gap="xs" mb="sm" mih={34}>
      <Group gap="xs">
        {mayReplay && (
          <Checkbox
            size="xs"
            label="Select this page"
            checked={areAll}
            indeterminate={chosen.size > 0 && !areAll}
            disabled={replayable.length === 0}
            onChange={() => set(areAll ? [] : replayable)}
          />
        )}
        {chosen.size > 0 && (
          <ActionButton
            needs="operator"
            size="xs"
            onClick={() => setTarget({ kind: 'events', events: [...chosen.values()] })}
          >
            Replay {chosen.size} selected
          </ActionButton>
        )}
        {chosen.size === 0 && events.length > 0 && replayFilterOf(filters) !== undefined && (
          <ActionButton needs="operator" variant="default" size="xs" onClick={replayMatching}>
            Replay all matching
          </ActionButton>
        )}
      </Group>
      <LiveSwitch isLive={filters.live === 'on'} onChange={(isLive) => onChange({ live: isLive ? 'on' : undefined })} />
      <ReplayDialog target={target} onClose={() => setTarget(undefined)} />
    </Group>
  );
}
