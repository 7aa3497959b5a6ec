import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { EventInput } from '#contracts/rest-api';
import { answerOf, api } from '../../../api/client.ts';
import { notifyDone } from '../../../components/notify.tsx';
import { eventsKey } from '../../events/event-list.ts';
import { failuresKey } from '../../failures/failure-list.ts';
import { useOperationStarted } from '../../operations/use-operation-started.ts';
import { replaysKey } from '../../replays/replay-list.ts';

/** The handlers that a resume of an event would run, as they are now. */
export function resumePlanQuery(eventId: string) {
  return queryOptions({
    queryKey: [...eventsKey, 'resume-plan', eventId],
    queryFn: ({ signal }) => answerOf(api.POST('/api/v1/events/plan', { body: { resume: eventId }, signal })),
    staleTime: 0,
    gcTime: 0,
  });
}

/** Starts the operation that resumes one event. */
export function useEventResume(eventId: string, onDone: () => void) {
  const client = useQueryClient();
  const tellStarted = useOperationStarted();
  return useMutation({
    mutationFn: (note: string) => {
      const body = note.trim() === '' ? {} : { note: note.trim() };
      return answerOf(api.POST('/api/v1/events/{id}/resume', { params: { path: { id: eventId } }, body }));
    },
    onSuccess: (operation) => {
      tellStarted(operation);
      onDone();
    },
    onSettled: () => client.invalidateQueries({ queryKey: failuresKey }),
  });
}

/** Replays a changed copy of an event. */
export function useEditedReplay(eventId: string, onDone: () => void) {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (text: string) =>
      answerOf(
        api.POST('/api/v1/events/{id}/replay', {
          params: { path: { id: eventId } },
          // The event stays text: parsed and printed, long numbers would lose digits.
          body: { event: text as unknown as EventInput },
          bodySerializer: () => `{"event":${text}}`,
        }),
      ),
    onSuccess: ({ id, editedEventId }) => {
      notifyDone(`The copy is recorded as event ${editedEventId ?? ''}.`, {
        label: 'Show replay',
        run: () => void navigate({ to: '/replays/$replayId', params: { replayId: id } }),
      });
      onDone();
    },
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: eventsKey }),
        client.invalidateQueries({ queryKey: replaysKey }),
      ]),
  });
}
