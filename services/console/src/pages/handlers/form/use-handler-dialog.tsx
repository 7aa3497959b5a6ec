import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { HandlerView } from '#contracts/rest-api';
import type { DialogSubject } from './save-handler.ts';

/** Loaded when it is first opened: most who look at handlers do not change any. */
const HandlerDialog = lazy(async () => ({ default: (await import('./HandlerDialog.tsx')).HandlerDialog }));

const RecipeDialog = lazy(async () => ({ default: (await import('../recipes/RecipeDialog.tsx')).RecipeDialog }));

interface Opened {
  subject: DialogSubject;
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
export function useHandlerDialog(onSaved: (handler: HandlerView, subject: DialogSubject) => void = () => undefined): {
  open: (subject: DialogSubject) => void;
  dialog: ReactNode;
} {
  const [opened, setOpened] = useState<Opened>();
  const open = (subject: DialogSubject): void =>
    setOpened((last) => ({ subject, count: (last?.count ?? 0) + 1, isOpen: true }));
  const close = (): void => setOpened((last) => last && { ...last, isOpen: false });
  const [recipes, setRecipes] = useState({ count: 0, isOpen: false });
  const startFromRecipe = (): void => {
    close();
    setRecipes(({ count }) => ({ count: count + 1, isOpen: true }));
  };
  const dialog = opened && (
    <Suspense>
      <HandlerDialog
        key={opened.count}
        subject={opened.subject}
        isOpen={opened.isOpen}
        onClose={close}
        onSaved={(handler) => onSaved(handler, opened.subject)}
        onRecipe={startFromRecipe}
      />
      {recipes.count > 0 && (
        <RecipeDialog
          key={`recipe ${recipes.count}`}
          isOpen={recipes.isOpen}
          onClose={() => setRecipes(({ count }) => ({ count, isOpen: false }))}
        />
      )}
    </Suspense>
  );
  return { open, dialog };
}
