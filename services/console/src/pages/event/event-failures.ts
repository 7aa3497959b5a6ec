import { queryOptions } from '@tanstack/react-query';
import type { EventDetailsView, FailureView } from '#contracts/rest-api';
import { answerOf, api } from '../../api/client.ts';
import { failuresKey } from '../failures/failure-list.ts';

type Event = Pick<EventDetailsView, 'id' | 'executions'>;

/** More than an event has in all its runs. */
const most = 200;

/** The failures of an event, open ones first. */
export function eventFailuresQuery({ id, executions }: Event) {
  return queryOptions({
    // Read again when an execution ends.
    queryKey: [...failuresKey, 'of', id, executions.map(({ status }) => status).join()],
    queryFn: async ({ signal }): Promise<FailureView[]> => {
      const read = async (state: FailureView['state']): Promise<FailureView[]> => {
        const query = { state, eventId: id, limit: most };
        return (await answerOf(api.GET('/api/v1/failures', { params: { query }, signal }))).items;
      };
      return [...(await read('open')), ...(await read('settled'))];
    },
    enabled: executions.some(({ status }) => status !== 'skipped'),
  });
}
