import { RpcException } from '@nestjs/microservices';
import { isJsonObject, type DeferralCommand, type JsonObject, type TestHandlerCommand, isUuid } from '#contracts';

/** Why a command is not carried out; the codes are stable. */
export type RefusalCode =
  /** It is not of the shape that its pattern has. */
  | 'malformed_command'
  /** The event that it is about is none. */
  | 'bad_event'
  /** There is no handler with the id, or it is archived. */
  | 'unknown_handler'
  /** The handler may not be called just now. */
  | 'handler_busy'
  /** The executor is stopping. */
  | 'stopping';

/** Answered to who has sent a command that is not carried out. */
export class CommandRefused extends RpcException {
  override readonly name = 'CommandRefused';
  readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string) {
    super({ status: 'error', code, message });
    this.code = code;
  }
}

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
