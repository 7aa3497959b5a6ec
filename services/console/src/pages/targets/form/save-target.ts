import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { TargetView } from '#contracts/rest-api';
import { answerOf, api, ifVersion } from '../../../api/client.ts';
import { notifyDone } from '../../../components/notify.tsx';
import { targetKey, targetsKey } from '../target-list.ts';
import { targetInput, type TargetFormValues } from './target-values.ts';

/** Creates a target, or changes the version that was read. */
export function useTargetSave(target: TargetView | undefined) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (values: TargetFormValues) => {
      const body = targetInput(values);
      if (target === undefined) return answerOf(api.POST('/api/v1/targets', { body }));
      const params = { path: { id: target.id }, header: ifVersion(target) };
      return answerOf(api.PATCH('/api/v1/targets/{id}', { params, body }));
    },
    onSuccess: (saved) => {
      client.setQueryData(targetKey(saved.id), saved);
      notifyDone(`${saved.name} is ${target === undefined ? 'created' : 'saved'}.`);
    },
    onSettled: () => client.invalidateQueries({ queryKey: targetsKey }),
  });
}
