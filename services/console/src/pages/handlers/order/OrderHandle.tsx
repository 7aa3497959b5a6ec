import { ActionIcon } from '@mantine/core';
import { useEffect, useEffectEvent, useLayoutEffect, useRef, type KeyboardEvent } from 'react';
import { GripIcon } from '../../../components/icons.tsx';
import { Refused } from '../../../components/Refused.tsx';
import { useRefusal } from '../../../session/role.ts';
import classes from './OrderHandle.module.css';
import type { Reordering } from './use-reordering.ts';

interface Props {
  id: string;
  name: string;
  /** Where it stands in the list. */
  index: number;
  reordering: Reordering;
}

/** The handle of a row: drag it, or press Space to pick it up and drop it, arrows to move it, Escape to cancel. */
export function OrderHandle({ id, name, index, reordering }: Props) {
  const refusal = useRefusal('admin');
  const handle = useRef<HTMLButtonElement>(null);
  const isHeld = reordering.heldId === id;
  // A row that is put elsewhere in the document loses the focus.
  useLayoutEffect(() => {
    if (isHeld) handle.current?.focus({ preventScroll: false });
  }, [isHeld, index]);
  const drag = useDragging(isHeld, reordering);
  const steps = (event: KeyboardEvent): void => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.key === ' ' || event.key === 'Enter') {
      if (isHeld) reordering.drop();
      else reordering.pickUp(id);
    } else if (isHeld && event.key === 'Escape') reordering.cancel();
    else if (isHeld && step !== undefined) reordering.moveBy(step);
    else return;
    event.preventDefault();
  };
  return (
    <Refused because={refusal}>
      <ActionIcon
        ref={handle}
        variant={isHeld ? 'filled' : 'subtle'}
        color={isHeld ? 'petrol' : 'gray'}
        className={classes.handle}
        data-order-id={id}
        aria-label={`Move ${name}`}
        title={isHeld || refusal !== undefined ? undefined : 'Drag, or press Space and then the arrow keys'}
        aria-pressed={isHeld}
        aria-disabled={refusal !== undefined || undefined}
        onKeyDown={refusal === undefined ? steps : undefined}
        onPointerDown={(event) => {
          if (refusal !== undefined || event.button !== 0) return;
          reordering.pickUp(id);
          drag();
        }}
        // A move without a drop is cancelled: the focus has gone elsewhere.
        onBlur={({ relatedTarget }) => isHeld && relatedTarget !== null && reordering.cancel()}
      >
        <GripIcon size={16} />
      </ActionIcon>
    </Refused>
  );
}

/** Follows the pointer over the rows until it is lifted; by the window, since the row itself moves under it. */
function useDragging(isHeld: boolean, { moveTo, drop, cancel }: Reordering): () => void {
  const isDragging = useRef(false);
  const follow = useEffectEvent(({ clientX, clientY }: PointerEvent) => {
    if (!isDragging.current) return;
    const over = document.elementFromPoint(clientX, clientY)?.closest('[role=row]')?.querySelector('[data-order-id]');
    if (over instanceof HTMLElement && over.dataset.orderId !== undefined) moveTo(over.dataset.orderId);
  });
  const finish = useEffectEvent((event: PointerEvent) => {
    if (!isDragging.current) return;
    isDragging.current = false;
    if (event.type === 'pointerup') drop();
    else cancel();
  });
  useEffect(() => {
    if (!isHeld) return undefined;
    const listening = new AbortController();
    const { signal } = listening;
    window.addEventListener('pointermove', (event) => follow(event), { signal });
    window.addEventListener('pointerup', (event) => finish(event), { signal });
    window.addEventListener('pointercancel', (event) => finish(event), { signal });
    return () => listening.abort();
  }, [isHeld]);
  return () => {
    isDragging.current = true;
  };
}
