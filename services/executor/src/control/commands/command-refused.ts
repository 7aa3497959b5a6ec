import { RpcException } from '@nestjs/microservices';

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
