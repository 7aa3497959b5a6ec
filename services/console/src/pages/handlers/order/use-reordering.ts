import { useState } from 'react';
import { moved } from './moved.ts';

interface Item {
  id: string;
  name: string;
}

interface Held {
  id: string;
  /** All of them, in the order that is not saved yet. */
  ids: readonly string[];
}

export interface Reordering {
  /** Whose place is being changed. */
  heldId: string | undefined;
  /** What has happened, for those who hear it. */
  announcement: string;
  pickUp: (id: string) => void;
  /** @param steps Down, or up where it is below zero. */
  moveBy: (steps: number) => void;
  /** To where another is. */
  moveTo: (id: string) => void;
  drop: () => void;
  cancel: () => void;
}

/**
 * The order of a list while a user changes it, by pointer or by keyboard.
 *
 * @param items As they are saved; undefined when there is nothing to order.
 * @param onDrop With the ids, when the order is another than before.
 */
export function useReordering<T extends Item>(
  items: readonly T[] | undefined,
  onDrop: (ids: readonly string[]) => void,
): { ordered: readonly T[] | undefined; reordering: Reordering } {
  const [held, setHeld] = useState<Held>();
  const [announcement, setAnnouncement] = useState('');
  const ids = items?.map(({ id }) => id) ?? [];
  const nameOf = (id: string): string => items?.find((item) => item.id === id)?.name ?? '';
  const place = (id: string, order: readonly string[]): string =>
    `position ${order.indexOf(id) + 1} of ${order.length}`;
  const moveToIndex = (to: number): void => {
    if (!held) return;
    const order = moved(held.ids, held.ids.indexOf(held.id), to);
    setHeld({ ...held, ids: order });
    setAnnouncement(`${nameOf(held.id)}: ${place(held.id, order)}.`);
  };
  const end = (words: string): void => {
    setHeld(undefined);
    setAnnouncement(words);
  };
  const reordering: Reordering = {
    heldId: held?.id,
    announcement,
    pickUp: (id) => {
      setHeld({ id, ids });
      setAnnouncement(
        `${nameOf(id)} is picked up, ${place(id, ids)}. Arrow keys move it, Space drops it, Escape cancels.`,
      );
    },
    moveBy: (steps) => held && moveToIndex(held.ids.indexOf(held.id) + steps),
    moveTo: (id) => held && moveToIndex(held.ids.indexOf(id)),
    drop: () => {
      if (!held) return;
      end(`${nameOf(held.id)} is dropped, ${place(held.id, held.ids)}.`);
      if (held.ids.join() !== ids.join()) onDrop(held.ids);
    },
    cancel: () => held && end(`${nameOf(held.id)} is back in its place.`),
  };
  const byId = new Map(items?.map((item) => [item.id, item]));
  // What has come or gone meanwhile is as it is saved, and ends the move.
  const isSame = held?.ids.length === byId.size && held.ids.every((id) => byId.has(id));
  return { ordered: held && isSame ? held.ids.map((id) => byId.get(id)!) : items, reordering };
}
