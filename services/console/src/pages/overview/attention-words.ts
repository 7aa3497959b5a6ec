import type { AttentionView } from '#contracts/rest-api';

interface Words {
  /** What is the matter. */
  title: (count: number) => string;
  /** What it means, and what helps. */
  help: string;
  /** Where it is dealt with; undefined where the handlers it names are the place. */
  to?: '/executors' | '/waiting' | '/rejected';
  linkText?: string;
}

/** Everything that may need somebody, in words. */
export const attentionWords: Readonly<Record<AttentionView['kind'], Words>> = {
  no_executor: {
    title: () => 'No executor runs',
    help: 'Events wait in RabbitMQ, and none is lost. Start an executor.',
    to: '/executors',
    linkText: 'Executors',
  },
  circuit_open: {
    title: (count) => (count === 1 ? 'A target does not work' : `${count} targets do not work`),
    help: 'Nearly all calls fail, so hardly any are made; the events wait and are tried again.',
  },
  executors_behind: {
    title: (count) => (count === 1 ? 'An executor is behind' : `${count} executors are behind`),
    help: 'They have not loaded the newest change of the handlers.',
    to: '/executors',
    linkText: 'Executors',
  },
  handlers_failing: {
    title: (count) => (count === 1 ? 'A handler fails' : `${count} handlers fail`),
    help: 'Half of the executions, or more, came to nothing.',
  },
  keys_waiting: {
    title: (count) => (count === 1 ? 'A key has waited long' : `${count} keys have waited long`),
    help: 'Their events are held back for more than an hour.',
    to: '/waiting',
    linkText: 'What waits',
  },
  messages_rejected: {
    title: (count) => (count === 1 ? 'A message was rejected' : `${count} messages were rejected`),
    help: 'They were no events that could be read. They are kept, with the reason.',
    to: '/rejected',
    linkText: 'Rejected',
  },
};
