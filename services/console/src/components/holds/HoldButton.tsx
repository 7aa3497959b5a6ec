import { lazy, Suspense, useState } from 'react';
import type { HoldView } from '#contracts/rest-api';
import { ActionButton } from '../ActionButton.tsx';
import { useRelease, type HoldSubject } from './hold-calls.ts';

/** Loaded when it is first opened. */
const HoldDialog = lazy(async () => ({ default: (await import('./HoldDialog.tsx')).HoldDialog }));

interface Props {
  subject: HoldSubject;
  hold: HoldView | null;
}

/** Holds a handler or target after a dialog; changes or releases the hold of one that is held. */
export function HoldButton({ subject, hold }: Props) {
  /** Undefined before the first time. */
  const [isOpen, setIsOpen] = useState<boolean>();
  const release = useRelease(subject);
  return (
    <>
      {hold !== null && (
        <ActionButton needs="operator" variant="default" loading={release.isPending} onClick={() => release.mutate()}>
          Release
        </ActionButton>
      )}
      <ActionButton needs="operator" variant="default" onClick={() => setIsOpen(true)}>
        {hold === null ? 'Hold…' : 'Change hold…'}
      </ActionButton>
      {isOpen !== undefined && (
        <Suspense>
          <HoldDialog subject={subject} hold={hold} isOpen={isOpen} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
