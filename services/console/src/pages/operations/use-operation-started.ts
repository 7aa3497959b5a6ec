import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { OperationView } from '#contracts/rest-api';
import { notifyDone } from '../../components/notify.tsx';
import { followOperation } from './follow-operation.ts';
import { operationsKey } from './operation-list.ts';
import { kindLabels } from './operation-words.ts';

/** Confirms that an operation was requested, with a link to its page, and reads again what it changes. */
export function useOperationStarted(): (operation: OperationView) => void {
  const navigate = useNavigate();
  const client = useQueryClient();
  return ({ id, kind }) => {
    void client.invalidateQueries({ queryKey: operationsKey });
    void followOperation(client, id);
    notifyDone(`${kindLabels[kind]} requested. An executor carries it out.`, {
      label: 'Show operation',
      run: () => void navigate({ to: '/operations/$operationId', params: { operationId: id } }),
    });
  };
}
