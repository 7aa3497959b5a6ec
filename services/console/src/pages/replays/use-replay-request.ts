import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReplayView } from '../../api/generated/schema.d.ts';
import type { ApiProblem, ServerAway } from '../../api/problem.ts';
import { notifyDone } from '../../components/notify.ts';
import { replayEvent, replayFilter, replaysKey } from './replay-list.ts';
import type { ReplayTarget } from './replay-target.ts';

export interface ReplayRequest {
  send: (handlerIds: string[] | undefined) => void;
  isPending: boolean;
  /** Of several events, how many are asked for. */
  asked: number;
  problem: ApiProblem | ServerAway | null;
}

/** Asks for a replay, and leads to where its progress is seen. Events that were chosen are asked for one after the other. */
export function useReplayRequest(target: ReplayTarget, onDone: () => void): ReplayRequest {
  const navigate = useNavigate();
  const client = useQueryClient();
  const [asked, setAsked] = useState(0);
  const request = useMutation({
    mutationFn: async (handlerIds: string[] | undefined): Promise<ReplayView | undefined> => {
      if (target.kind === 'filter') return replayFilter(target.filter, handlerIds);
      let replay: ReplayView | undefined;
      // What was asked for before a failure is not asked for once more.
      for (const [index, { id }] of [...target.events.entries()].slice(asked)) {
        replay = await replayEvent(id, handlerIds);
        setAsked(index + 1);
      }
      return target.events.length === 1 ? replay : undefined;
    },
    onSuccess: (replay) => {
      onDone();
      if (replay) return navigate({ to: '/replays/$replayId', params: { replayId: replay.id } });
      if (target.kind === 'events') notifyDone(`${String(target.events.length)} events are replayed.`);
      return navigate({ to: '/replays', search: {} });
    },
    onSettled: () => client.invalidateQueries({ queryKey: replaysKey }),
  });
  return { send: request.mutate, isPending: request.isPending, asked, problem: request.error };
}
