import { ToolError } from '../tool-error.ts';
import type { Exit } from '../supervisor/messages.ts';

/** A server ended unexpectedly. */
export class ServerDiedError extends ToolError {
  readonly code = 'SERVER_DIED';

  constructor(name: string, exit: Exit, logFile: string, logTail: string) {
    const how = exit.signal ? `was ended by ${exit.signal}` : `ended with code ${exit.code}`;
    super(`${name} ${how}. The end of ${logFile}:\n${logTail}`);
  }
}

/** A server runs but does not answer. */
export class ServerNotReadyError extends ToolError {
  readonly code = 'SERVER_NOT_READY';

  constructor(name: string, timeoutMs: number, logFile: string, logTail: string) {
    super(`${name} did not answer within ${timeoutMs / 1000} s. The end of ${logFile}:\n${logTail}`);
  }
}

/** There is no way to run this server on this machine as it is; the message says what to do. */
export class ServerUnavailableError extends ToolError {
  readonly code = 'SERVER_UNAVAILABLE';
}
