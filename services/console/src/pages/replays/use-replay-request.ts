import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { ReplayView } from '#contracts/rest-api';
import type { ApiProblem, ServerAway } from '../../api/problem.ts';
import { notifyDone } from '../../components/notify.tsx';
import { replayEvent, replayFilter, replaysKey } from './replay-list.ts';
import type { ReplayTarget } from './replay-target.ts';

export interface ReplayRequest {
  send: (handlerIds: string[] | undefined) => void;
  isPending: boolean;
  /** Of several events, how many are asked for. */
  asked: number;
  problem: ApiProblem | ServerAway | null;
}

interface Sent {
  count: number;
  latest?: ReplayView;
}

/**
 * Starts a replay and opens the page with its progress. Selected events are replayed one after another while the dialog
 * is open: closing it stops after the current one.
 */
export function useReplayRequest(target: ReplayTarget, onDone: () => void): ReplayRequest {
  const navigate = useNavigate();
  const client = useQueryClient();
  const isOpen = useRef(true);
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    isOpen.current = true;
    return () => {
      isOpen.current = false;
    };
  }, []);

  const sendEvents = async (
    events: Extract<ReplayTarget, { kind: 'events' }>['events'],
    handlerIds: string[] | undefined,
  ): Promise<Sent> => {
    let sent: Sent = { count: asked };
    // Events that were replayed before a failure are not replayed again.
    for (const { id } of events.slice(asked)) {
      if (!isOpen.current) break;
      sent = { count: sent.count + 1, latest: await replayEvent(id, handlerIds) };
      setAsked(sent.count);
    }
    return sent;
  };

  const request = useMutation({
    mutationFn: async (handlerIds: string[] | undefined): Promise<Sent> =>
      target.kind === 'filter'
        ? { count: 1, latest: await replayFilter(target.filter, handlerIds) }
        : sendEvents(target.events, handlerIds),
    onSuccess: ({ count, latest }) => {
      const total = target.kind === 'filter' ? 1 : target.events.length;
      if (total > 1) notifyDone(`${String(count)} of ${String(total)} events are replayed.`);
      if (!isOpen.current) return undefined;
      onDone();
      return total === 1 && latest
        ? navigate({ to: '/replays/$replayId', params: { replayId: latest.id } })
        : navigate({ to: '/replays', search: {} });
    },
    onSettled: () => client.invalidateQueries({ queryKey: replaysKey }),
  });
  return { send: request.mutate, isPending: request.isPending, asked, problem: request.error };
}
