import type { AttentionView } from '#contracts/rest-api';

interface Words {
  /** The problem. */
  title: (count: number) => string;
  /** Its consequence, and what to do. */
  help: string;
  /** The page where it is solved; undefined where the named handlers are. */
  to?: '/executors' | '/waiting' | '/rejected';
  linkText?: string;
}

/** Everything that may need attention, in words. */
export const attentionWords: Readonly<Record<AttentionView['kind'], Words>> = {
  no_executor: {
    title: () => 'No executor is running',
    help: 'Events wait in RabbitMQ. Start an executor.',
    to: '/executors',
    linkText: 'Executors',
  },
  circuit_open: {
    title: (count) => (count === 1 ? 'Circuit breaker open' : `${count} circuit breakers open`),
    help: 'Nearly all calls of these handlers and targets fail. Their events wait and are retried.',
  },
  executors_behind: {
    title: (count) => (count === 1 ? '1 executor is behind' : `${count} executors are behind`),
    help: 'They have not loaded the latest handlers.',
    to: '/executors',
    linkText: 'Executors',
  },
  handlers_failing: {
    title: (count) => (count === 1 ? '1 failing handler' : `${count} failing handlers`),
    help: 'At least half of their executions failed.',
  },
  keys_waiting: {
    title: (count) => (count === 1 ? '1 stuck key' : `${count} stuck keys`),
    help: 'Their events have waited for more than an hour.',
    to: '/waiting',
    linkText: 'Waiting',
  },
  messages_rejected: {
    title: (count) => (count === 1 ? '1 rejected message' : `${count} rejected messages`),
    help: 'These messages are not valid events. They are stored with the reason.',
    to: '/rejected',
    linkText: 'Rejected',
  },
};
