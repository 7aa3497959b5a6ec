import { answerOf, everyItem, type ExecutionView, type operations, type RegistryClient } from '#sdk';

type Query = NonNullable<operations['listExecutions']['parameters']['query']>;

/** Filters of the log, without the parameters of paging. */
export type LogFilter = Omit<Query, 'cursor' | 'limit'>;

const pageSize = 100;

/** The matching executions, newest first, page by page. */
export function executionsOf(
  client: RegistryClient,
  filter: LogFilter,
  atOnce: number,
): AsyncGenerator<ExecutionView, void> {
  const limit = Math.min(atOnce, pageSize);
  return everyItem<ExecutionView>((cursor) => {
    const query = { ...filter, limit, ...(cursor !== undefined && { cursor }) };
    return answerOf(client.GET('/api/v1/executions', { params: { query } }));
  });
}
