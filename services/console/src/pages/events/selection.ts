import { useState } from 'react';
import type { EventView } from '#contracts/rest-api';

/** The selected events, by their ids. */
export interface Selection {
  readonly chosen: ReadonlyMap<string, EventView>;
  toggle: (event: EventView) => void;
  /** Chooses all of them, or none. */
  set: (events: readonly EventView[]) => void;
}

/** Whether an event can be replayed: duplicates and tests cannot. */
export function isReplayable({ status, test }: EventView): boolean {
  return status !== 'duplicate' && !test;
}

/** The selection on a page of the list; another page begins without one, since the earlier rows are out of sight. */
export function useSelection(page: string): Selection {
  const [state, setState] = useState({ page, chosen: new Map<string, EventView>() });
  const chosen = state.page === page ? state.chosen : new Map<string, EventView>();
  return {
    chosen,
    toggle: (event) => {
      const changed = new Map(chosen);
      if (!changed.delete(event.id)) changed.set(event.id, event);
      setState({ page, chosen: changed });
    },
    set: (events) => setState({ page, chosen: new Map(events.map((event) => [event.id, event])) }),
  };
}
