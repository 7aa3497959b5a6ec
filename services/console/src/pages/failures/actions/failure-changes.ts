import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../../../api/client.ts';
import { counted } from '../../../components/format-number.ts';
import { notifyDone } from '../../../components/notify.tsx';
import { operationOptions, type OperationDraft } from '../../../components/operation-draft.ts';
import { eventsKey } from '../../events/event-list.ts';
import { useOperationStarted } from '../../operations/use-operation-started.ts';
import { failuresKey } from '../failure-list.ts';
import { targetBody, type FailureTarget } from '../failure-target.ts';

/** How a person settles a failure. */
export type Settlement = 'done_by_hand' | 'ignored';

/** A change of failures that takes effect at once. */
export type FailureChange =
  | { readonly kind: 'settle'; readonly as: Settlement; readonly note: string }
  | { readonly kind: 'assign'; readonly assignee: string | null }
  | { readonly kind: 'reopen' };

const done: Readonly<Record<FailureChange['kind'], string>> = {
  settle: 'settled',
  assign: 'assigned',
  reopen: 'reopened',
};

/** Settles, assigns or reopens failures. */
export function useFailureChange(target: FailureTarget, onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: FailureChange) => {
      const selected = targetBody(target);
      if (change.kind === 'reopen') return answerOf(api.POST('/api/v1/failures/reopen', { body: selected }));
      if (change.kind === 'assign') {
        return answerOf(api.POST('/api/v1/failures/assign', { body: { ...selected, assignee: change.assignee } }));
      }
      const note = change.note.trim();
      const body = { ...selected, as: change.as, ...(note !== '' && { note }) };
      return answerOf(api.POST('/api/v1/failures/settle', { body }));
    },
    onSuccess: ({ changed }, { kind }) => {
      notifyDone(`${counted(changed, 'failure')} ${done[kind]}.`);
      onDone();
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: failuresKey }),
        client.invalidateQueries({ queryKey: eventsKey }),
      ]),
  });
}

/** What a resume would do: the number of events, keys, and calls that may be made twice. */
export function resumePreviewQuery(target: FailureTarget) {
  const body = targetBody(target);
  return queryOptions({
    queryKey: [...failuresKey, 'preview', body],
    queryFn: ({ signal }) => answerOf(api.POST('/api/v1/failures/resume/preview', { body, signal })),
    staleTime: 0,
    gcTime: 0,
  });
}

/** Starts the operation that resumes failures. */
export function useResume(target: FailureTarget, onDone: () => void) {
  const client = useQueryClient();
  const tellStarted = useOperationStarted();
  return useMutation({
    mutationFn: (draft: OperationDraft) => {
      const body = { ...targetBody(target), ...operationOptions(draft) };
      return answerOf(api.POST('/api/v1/failures/resume', { body }));
    },
    onSuccess: (operation) => {
      tellStarted(operation);
      onDone();
    },
    onSettled: () => client.invalidateQueries({ queryKey: failuresKey }),
  });
}
