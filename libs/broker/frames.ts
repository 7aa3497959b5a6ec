import { isAscii, isUtf8 } from 'node:buffer';
import type { Socket } from 'node:net';
import type { Connection } from 'amqplib';
import { readContentHeader, type HeaderFault, type MessageProperties } from './content-header.ts';

/** The properties of a message that came by a connection with {@link readSafely}. */
export interface ReceivedProperties extends MessageProperties {
  /** There when something is wrong with a property or a header. */
  headerFaults?: readonly HeaderFault[];
  /** The raw content header; present with {@link headerFaults}. */
  headerBytes?: Buffer;
  /** Bytes of the body; there when the content is only its beginning. */
  bodySize?: number;
}

/** The fields of a delivery that came by a connection with {@link readSafely}. */
export interface ReceivedFields {
  /** There when the routing key is not UTF-8: its bytes. */
  routingKeyBytes?: Buffer;
}

/** What is used of amqplib's connection, which its types do not describe. */
interface FrameReader {
  /** Bytes that were received and not read yet. */
  rest: Buffer;
  /** The next frame; false when all of it has not come yet. */
  recvFrame: (() => unknown) | undefined;
}

/** A body of which only the beginning is kept. */
interface CutBody {
  keep: number;
  drop: number;
}

const methodFrame = 1;
const headerFrame = 2;
const bodyFrame = 3;
/** Type, channel and size. */
const frameHeaderBytes = 7;
/** Class 60, method 60. */
const basicDeliver = 0x003c003c;

/**
 * Has a connection read what others may have made as they like with our own, bounded decoder: a header table that
 * amqplib's cannot read ends the connection, for every message that comes by it, and again whenever the message comes
 * again. Of a body that is longer than any that is accepted only the beginning is kept.
 *
 * @param mostBodyBytes How much of a body is kept.
 */
export function readSafely(connection: Connection, mostBodyBytes: number): void {
  const reader = connection as unknown as FrameReader;
  const readFrame = reader.recvFrame?.bind(reader);
  // Its name is nothing that amqplib promises.
  if (!readFrame) throw new Error('amqplib reads frames in another way than is known here');
  const cut = new Map<number, CutBody>();
  reader.recvFrame = () => {
    for (;;) {
      const { rest } = reader;
      const size = completeSize(rest);
      // It reads more, and comes back here.
      if (size === undefined) return readFrame();
      const type = rest[0]!;
      const channel = rest.readUInt16BE(1);
      if (type === headerFrame) {
        reader.rest = rest.subarray(frameHeaderBytes + size + 1);
        return readHeader(channel, rest.subarray(frameHeaderBytes, frameHeaderBytes + size), mostBodyBytes, cut);
      }
      const body = type === bodyFrame ? cut.get(channel) : undefined;
      if (body) {
        reader.rest = rest.subarray(frameHeaderBytes + size + 1);
        const kept = Math.min(body.keep, size);
        body.keep -= kept;
        body.drop -= size - kept;
        if (body.keep === 0 && body.drop <= 0) cut.delete(channel);
        if (kept > 0) return { channel, content: rest.subarray(frameHeaderBytes, frameHeaderBytes + kept) };
        continue;
      }
      const frame = readFrame();
      if (type === methodFrame) tellRoutingKey(frame, rest.subarray(frameHeaderBytes, frameHeaderBytes + size));
      return frame;
    }
  };
}

/** The size of the payload of the first frame, when all of it is there, and its end is where it should be. */
function completeSize(bytes: Buffer): number | undefined {
  if (bytes.length <= frameHeaderBytes) return undefined;
  const size = bytes.readUInt32BE(3);
  return bytes[frameHeaderBytes + size] === 0xce ? size : undefined;
}

function readHeader(channel: number, payload: Buffer, mostBodyBytes: number, cut: Map<number, CutBody>): object {
  const { bodySize, properties, faults } = readContentHeader(payload);
  const fields: ReceivedProperties = properties;
  if (faults.length > 0) {
    fields.headerFaults = faults;
    fields.headerBytes = Buffer.from(payload);
  }
  const size = Math.min(bodySize, mostBodyBytes);
  // What may be left of another message ended with the channel that it came by.
  cut.delete(channel);
  if (size < bodySize) {
    fields.bodySize = bodySize;
    cut.set(channel, { keep: size, drop: bodySize - size });
  }
  return { id: payload.readUInt16BE(0), channel, size, fields };
}

/** amqplib reads every text as UTF-8, and says nothing where it is not. */
function tellRoutingKey(frame: unknown, payload: Buffer): void {
  const { id, fields } = frame as { id: number; fields: ReceivedFields };
  if (id !== basicDeliver) return;
  // Consumer tag; delivery tag and one flag; exchange.
  const exchangeAt = 5 + payload[4]! + 9;
  const routingKey = payload.subarray(exchangeAt + 1 + payload[exchangeAt]! + 1);
  if (!isAscii(routingKey) && !isUtf8(routingKey)) fields.routingKeyBytes = Buffer.from(routingKey);
}

/**
 * Has all that is written within one turn of the event loop go to the system in one call. amqplib writes each frame of
 * a longer message, and each message, with a call and a packet of its own.
 */
export function writeTogether(connection: Connection): void {
  const { stream } = connection as unknown as { stream: Socket };
  const write = stream.write.bind(stream) as (...given: unknown[]) => boolean;
  const uncork = (): void => stream.uncork();
  stream.write = (...given: unknown[]) => {
    if (stream.writableCorked === 0) {
      stream.cork();
      process.nextTick(uncork);
    }
    return write(...given);
  };
}
