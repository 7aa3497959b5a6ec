import { Modal } from '@mantine/core';
import { useState } from 'react';
import type { HandlerView } from '#contracts/rest-api';
import { ApiProblem } from '../../../api/problem.ts';
import { useConfirm } from '../../../components/confirm.ts';
import { ShownOnceInDialog } from '../../../components/ShownOnce.tsx';
import { RecipeOffer } from '../recipes/RecipeOffer.tsx';
import { useStopQuestions } from '../stop-questions.tsx';
import { blankValues, cloneOf, valuesOf, type HandlerFormValues } from './form-values.ts';
import { CloneNotice, RestoreNotice, StaleNotice } from './FormNotices.tsx';
import { HandlerForm } from './HandlerForm.tsx';
import { useHandlerSave, type DialogSubject, type Saved } from './save-handler.ts';

interface Props {
  subject: DialogSubject;
  isOpen: boolean;
  onClose: () => void;
  onSaved: (handler: HandlerView) => void;
  /** The user wants to start from a recipe instead. */
  onRecipe: () => void;
}

const titles = {
  new: 'New Handler',
  edit: 'Edit Handler',
  clone: 'Clone Handler',
  restore: 'Restore Version',
} as const;

/** The dialog that creates and changes handlers. It asks before it discards changes. */
export function HandlerDialog({ subject: given, isOpen, onClose, onSaved, onRecipe }: Props) {
  const [subject, setSubject] = useState(given);
  const [isEdited, setIsEdited] = useState(false);
  const [isAsking, setIsAsking] = useState(false);
  const [saved, setSaved] = useState<Saved>();
  const save = useHandlerSave(subject);
  const confirm = useConfirm();
  const stopQuestions = useStopQuestions();
  const finish = ({ handler }: Saved): void => {
    onClose();
    onSaved(handler);
  };
  /** Escape answers the question and leaves the dialog open. */
  const ask = async (question: Promise<boolean>): Promise<boolean> => {
    setIsAsking(true);
    const isSure = await question;
    setIsAsking(false);
    return isSure;
  };
  const close = async (): Promise<void> => {
    if (!isEdited) {
      onClose();
      return;
    }
    const body = 'Your changes are not saved yet.';
    const question = { title: 'Discard your changes?', body, action: 'Discard', keep: 'Keep editing' };
    if (await ask(confirm({ ...question, isDestructive: true }))) onClose();
  };
  /** Waiting executions are skipped when a handler stops running, so the form asks first, as every other way does. */
  const isMeant = async ({ status }: HandlerFormValues): Promise<boolean> => {
    if (subject.kind === 'new' || subject.kind === 'clone' || subject.handler.status === status) return true;
    if (status === 'archived') return ask(stopQuestions.archive(subject.handler));
    const isLive = subject.handler.status === 'enabled';
    return isLive && status === 'disabled' ? ask(stopQuestions.disable(subject.handler)) : true;
  };
  const isStale = save.error instanceof ApiProblem && save.error.status === 412;
  const load = (handler: HandlerView): void => {
    save.reset();
    setIsEdited(false);
    setSubject({ kind: 'edit', handler });
  };
  return (
    <Modal
      opened={isOpen}
      onClose={() => void close()}
      title={titles[subject.kind]}
      size={680}
      closeOnClickOutside={false}
      closeOnEscape={!isAsking && !saved}
      withCloseButton={!saved}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {saved?.secret !== undefined ? (
        <ShownOnceInDialog
          title={`The signing secret of ${saved.handler.name}`}
          secret={saved.secret}
          onKept={() => finish(saved)}
        />
      ) : (
        <HandlerForm
          // Another version of the handler begins a new form.
          key={subject.kind === 'edit' || subject.kind === 'restore' ? subject.handler.version : subject.kind}
          initial={() => initialOf(subject)}
          isNew={subject.kind === 'new' || subject.kind === 'clone'}
          handlerId={subject.kind === 'new' ? undefined : subject.handler.id}
          notice={
            <>
              {subject.kind === 'new' && <RecipeOffer onStart={onRecipe} />}
              {subject.kind === 'clone' && <CloneNotice handler={subject.handler} />}
              {subject.kind === 'restore' && <RestoreNotice version={subject.version} />}
              {isStale && (subject.kind === 'edit' || subject.kind === 'restore') && (
                <StaleNotice seen={subject.handler} onLoad={load} />
              )}
            </>
          }
          onSave={async (values) => {
            if (!(await isMeant(values))) return;
            const result = await save.mutateAsync(values);
            if (result.secret === undefined) finish(result);
            else setSaved(result);
          }}
          problem={isStale ? null : save.error}
          isSaving={save.isPending}
          onEdited={setIsEdited}
          onCancel={() => void close()}
        />
      )}
    </Modal>
  );
}

function initialOf(subject: DialogSubject): HandlerFormValues {
  switch (subject.kind) {
    case 'new':
      return { ...blankValues(subject.event), ...subject.values };
    case 'edit':
      return valuesOf(subject.handler);
    case 'clone':
      return cloneOf(subject.handler);
    case 'restore':
      // The name may have been given to another handler since; the status is not brought back unseen.
      return { ...valuesOf(subject.version), status: subject.handler.status };
  }
}
