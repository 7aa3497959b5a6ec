import { Modal } from '@mantine/core';
import { useState } from 'react';
import type { HandlerView } from '#contracts/rest-api';
import { ApiProblem } from '../../../api/problem.ts';
import { useConfirm } from '../../../components/confirm.ts';
import { ShownOnceInDialog } from '../../../components/ShownOnce.tsx';
import { useArchiveQuestion } from '../archive-question.tsx';
import { blankValues, cloneOf, valuesOf, type HandlerFormValues } from './form-values.ts';
import { CloneNotice, StaleNotice } from './FormNotices.tsx';
import { HandlerForm } from './HandlerForm.tsx';
import { useHandlerSave, type DialogSubject, type Saved } from './save-handler.ts';

interface Props {
  subject: DialogSubject;
  isOpen: boolean;
  onClose: () => void;
  onSaved: (handler: HandlerView) => void;
}

const titles = { new: 'New Handler', edit: 'Edit Handler', clone: 'Clone Handler' } as const;

/** The dialog in which handlers are made and changed. What was filled in is not lost by a slip. */
export function HandlerDialog({ subject: given, isOpen, onClose, onSaved }: Props) {
  const [subject, setSubject] = useState(given);
  const [isEdited, setIsEdited] = useState(false);
  const [isAsking, setIsAsking] = useState(false);
  const [saved, setSaved] = useState<Saved>();
  const save = useHandlerSave(subject);
  const confirm = useConfirm();
  const askToArchive = useArchiveQuestion();
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
    if (await ask(confirm({ title: 'Close without saving?', body, action: 'Discard', isDestructive: true }))) onClose();
  };
  /** Archiving gives up waiting executions, so the form asks first, as every other way to archive does. */
  const isMeant = async ({ status }: HandlerFormValues): Promise<boolean> =>
    subject.kind !== 'edit' || status !== 'archived' || subject.handler.status === 'archived'
      ? true
      : ask(askToArchive(subject.handler));
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
          // Begun anew with another version of the handler.
          key={subject.kind === 'edit' ? subject.handler.version : subject.kind}
          initial={() => initialOf(subject)}
          isNew={subject.kind !== 'edit'}
          notice={
            subject.kind === 'clone' ? (
              <CloneNotice handler={subject.handler} />
            ) : (
              isStale && subject.kind === 'edit' && <StaleNotice seen={subject.handler} onLoad={load} />
            )
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
  if (subject.kind === 'new') return blankValues(subject.event);
  return subject.kind === 'edit' ? valuesOf(subject.handler) : cloneOf(subject.handler);
}
