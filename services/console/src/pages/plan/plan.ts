import { useMutation } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import type { EventInput } from '#contracts/rest-api';

interface Asked {
  /** The event, as it was written: the registry judges that, and not what a browser makes of its numbers. */
  text: string;
  /** Empty for none. */
  partitionKey: string;
}

/** Asks which handlers an event would run. It is no query: an event is not kept, and nothing is asked anew by itself. */
export function usePlan() {
  return useMutation({
    mutationFn: ({ text, partitionKey }: Asked) =>
      answerOf(
        api.POST('/api/v1/events/plan', {
          params: { header: partitionKey === '' ? {} : { 'partition-key': partitionKey } },
          body: text as unknown as EventInput,
          bodySerializer: String,
        }),
      ),
  });
}
