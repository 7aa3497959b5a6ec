import { isJsonObject, type DeferralCommand, type JsonObject, type TestHandlerCommand, isUuid } from '#contracts';
import { CommandRefused } from './command-refused.ts';

/** @throws {CommandRefused} `malformed_command` */
export function readDeferralCommand(payload: unknown): DeferralCommand {
  const { key } = objectOf('the command', payload);
  return { key: text('key', key) };
}

/** @throws {CommandRefused} `malformed_command` */
export function readTestHandlerCommand(payload: unknown): TestHandlerCommand {
  const { handlerId, body, partitionKey, traceparent } = objectOf('the command', payload);
  return {
    handlerId: uuid('handlerId', handlerId),
    body: text('body', body),
    partitionKey: text('partitionKey', partitionKey),
    traceparent: traceparent == null ? null : text('traceparent', traceparent),
  };
}

function objectOf(field: string, value: unknown): JsonObject {
  if (!isJsonObject(value)) throw malformed(field, 'must be an object');
  return value;
}

function text(field: string, value: unknown): string {
  if (typeof value !== 'string') throw malformed(field, 'must be a string');
  return value;
}

function uuid(field: string, value: unknown): string {
  if (typeof value !== 'string' || !isUuid(value)) throw malformed(field, 'must be a UUID');
  return value;
}

function malformed(field: string, fault: string): CommandRefused {
  return new CommandRefused('malformed_command', `${field} ${fault}`);
}
