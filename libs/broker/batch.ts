import type { ConsumeMessage } from 'amqplib';
import type { Forwarded } from './delivery.ts';

/** Content type of a message that brings several, as {@link batchOf} writes it. */
const batchContentType = 'application/vnd.provisor.batch';

/** The properties of a message in a batch. */
type Head = Pick<Forwarded, 'messageId' | 'contentType' | 'headers'>;

/** A message for a queue, ready to be put into a batch. */
export interface Packed {
  readonly head: Buffer;
  readonly content: Buffer;
}

/** Two whole numbers: how many bytes the head has, and how many the body. */
const lengthsBytes = 8;

export function pack({ messageId, contentType, headers, content }: Omit<Forwarded, 'queue'>): Packed {
  const head: Head = { messageId, contentType, headers };
  return { head: Buffer.from(JSON.stringify(head)), content };
}

/** Bytes that a message takes in its batch. */
export function packedBytes({ head, content }: Packed): number {
  return lengthsBytes + head.length + content.length;
}

/** One message that brings several, in their order: of each the two lengths, the head as JSON, and the body. */
export function batchOf(messages: readonly Packed[]): { contentType: string; content: Buffer } {
  const content = Buffer.allocUnsafe(messages.reduce((bytes, message) => bytes + packedBytes(message), 0));
  let at = 0;
  for (const { head, content: body } of messages) {
    at = content.writeUInt32BE(head.length, at);
    at = content.writeUInt32BE(body.length, at);
    at += head.copy(content, at);
    at += body.copy(content, at);
  }
  return { contentType: batchContentType, content };
}

/**
 * The messages that a batch brings; undefined when it is none. They share the bytes of its body.
 *
 * A message that came through an exchange is none: only Provisor sends to its queues directly.
 */
export function messagesOf({ fields, properties, content }: ConsumeMessage): ConsumeMessage[] | undefined {
  if (properties.contentType !== batchContentType || fields.exchange !== '') return undefined;
  const returns = (properties.headers as Record<string, unknown> | undefined)?.[returnsHeader];
  const messages: ConsumeMessage[] = [];
  for (let at = 0; at < content.length;) {
    const headAt = at + lengthsBytes;
    if (headAt > content.length) return undefined;
    const bodyAt = headAt + content.readUInt32BE(at);
    const end = bodyAt + content.readUInt32BE(at + 4);
    const head = end <= content.length ? headIn(content.subarray(headAt, bodyAt)) : undefined;
    if (!head) return undefined;
    if (returns !== undefined) head.headers[returnsHeader] = returns;
    messages.push({
      fields,
      properties: head as unknown as ConsumeMessage['properties'],
      content: content.subarray(bodyAt, end),
    });
    at = end;
  }
  return messages.length > 0 ? messages : undefined;
}

/** How often a quorum queue has delivered a message before; the broker adds it. */
const returnsHeader = 'x-delivery-count';

/** Undefined if the bytes are no head. Other members are left out, because other programs may publish to our queues. */
function headIn(bytes: Buffer): (Omit<Head, 'headers'> & { headers: Record<string, unknown> }) | undefined {
  try {
    const { messageId, contentType, headers } = JSON.parse(bytes.toString()) as Record<keyof Head, unknown>;
    if (typeof messageId !== 'string' || typeof contentType !== 'string') return undefined;
    if (typeof headers !== 'object' || headers === null || Array.isArray(headers)) return undefined;
    return { messageId, contentType, headers: { ...headers } };
  } catch {
    return undefined;
  }
}
