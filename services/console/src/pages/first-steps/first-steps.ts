import { queryOptions } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.ts';
import { eventsKey } from '../events/event-list.ts';
import { handlersKey } from '../handlers/handler-list.ts';

/** Whether there is any handler; archived ones do not count. */
export const anyHandlerQuery = queryOptions({
  queryKey: [...handlersKey, 'any'],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/handlers', { params: { query: { limit: 1 } }, signal })),
  select: ({ items }) => items[0] ?? null,
});

/** Whether any event was ever recorded; a test of a handler is one. */
export const anyEventQuery = queryOptions({
  queryKey: [...eventsKey, 'any'],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/events', { params: { query: { limit: 1 } }, signal })),
  select: ({ items }) => items[0] ?? null,
});

/** A receiver to try a handler with: it prints what it is sent, and answers 200. */
export const receiverUrl = '127.0.0.1:5000/api';
export const receiverCommand = `node -e "require('node:http').createServer((request, response) => request.on('data', (part) => console.log(String(part))).on('end', () => response.end('{}'))).listen(5000, '127.0.0.1')"`;
