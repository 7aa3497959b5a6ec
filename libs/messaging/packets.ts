/** Messages between services are far smaller. What is longer is cut, is no JSON any more, and is answered as such. */
export const mostBodyBytes = 16 * 1024 * 1024;

/** A message of NestJS' protocol: with an id it is a question, without one an event. */
export interface Packet {
  readonly pattern: unknown;
  readonly data: unknown;
  readonly id?: unknown;
}

/** An answer of NestJS' protocol. */
export interface Answer {
  readonly err?: unknown;
  readonly response?: unknown;
}

/** An answer that says that the listener failed. */
export class AnswerFault extends Error {
  override readonly name = 'AnswerFault';

  constructor(fault: unknown) {
    const { message } = (fault ?? {}) as { message?: unknown };
    super(typeof message === 'string' ? message : String(fault));
  }
}

/** Encodes a message or an answer. */
export function encode(packet: object): Buffer {
  return Buffer.from(JSON.stringify(packet));
}

/** Reads whatever was sent as a message. What is none has no pattern. */
export function readPacket(content: Buffer): Packet {
  const value = parse(content);
  if (!isRecord(value)) return { pattern: undefined, data: value };
  const { pattern, data, id } = value;
  return { pattern, data, id };
}

/** Reads whatever was sent as an answer. What is none counts as the response itself. */
export function readAnswer(content: Buffer): Answer {
  const value = parse(content);
  if (!isRecord(value) || !('err' in value || 'response' in value || 'isDisposed' in value)) return { response: value };
  const { err, response } = value;
  return err == null ? { response } : { err: new AnswerFault(err) };
}

function parse(content: Buffer): unknown {
  const text = content.toString();
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
