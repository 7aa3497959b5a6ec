import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { TargetView } from '#contracts/rest-api';

/** Loaded when it is first opened: most who look at targets do not change any. */
const TargetDialog = lazy(async () => ({ default: (await import('./TargetDialog.tsx')).TargetDialog }));

interface Opened {
  /** Undefined: a new one. */
  target: TargetView | undefined;
  /** Each opening begins a new form. */
  count: number;
  isOpen: boolean;
}

/**
 * The dialog for a page.
 *
 * @param onSaved After it has closed, with what was made or changed.
 * @returns How it is opened, and what the page has to show somewhere.
 */
export function useTargetDialog(onSaved: (target: TargetView, isNew: boolean) => void = () => undefined): {
  open: (target: TargetView | undefined) => void;
  dialog: ReactNode;
} {
  const [opened, setOpened] = useState<Opened>();
  const open = (target: TargetView | undefined): void =>
    setOpened((last) => ({ target, count: (last?.count ?? 0) + 1, isOpen: true }));
  const close = (): void => setOpened((last) => last && { ...last, isOpen: false });
  const dialog = opened && (
    <Suspense>
      <TargetDialog
        key={opened.count}
        target={opened.target}
        isOpen={opened.isOpen}
        onClose={close}
        onSaved={(saved) => onSaved(saved, opened.target === undefined)}
      />
    </Suspense>
  );
  return { open, dialog };
}
