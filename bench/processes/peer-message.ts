import { randomUUID } from 'node:crypto';
import type { Options } from 'amqplib';

/** In whose way of writing an event is published. */
export type Dialect = 'billing' | 'celery' | 'nest';

export interface Message {
  readonly content: Buffer;
  readonly options: Options.Publish;
}

/**
 * The event as it is, or put into the envelope that a peer's workers want; they unpack it again and send it on as it
 * was.
 */
export const messageIn: Readonly<Record<Dialect, (body: Buffer, type: string) => Message>> = {
  billing: (body) => ({ content: body, options: { contentType: 'application/json' } }),
  celery: (body) => {
    // Message protocol 2: https://docs.celeryq.dev/en/stable/internals/protocol.html
    const id = randomUUID();
    const embedded = { callbacks: null, errbacks: null, chain: null, chord: null };
    const headers = { lang: 'py', task: 'bench.post', id, root_id: id, parent_id: null, group: null };
    return {
      content: Buffer.from(JSON.stringify([[body.toString()], {}, embedded])),
      options: { contentType: 'application/json', contentEncoding: 'utf-8', correlationId: id, headers },
    };
  },
  nest: (body, type) => ({
    content: Buffer.from(`{"pattern":${JSON.stringify(type)},"data":${body.toString()}}`),
    options: { contentType: 'application/json' },
  }),
};
