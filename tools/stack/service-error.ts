import type { Exit } from '../supervisor/messages.ts';
import { ToolError } from '../tool-error.ts';

/** A service ended unexpectedly. */
export class ServiceDiedError extends ToolError {
  readonly code = 'SERVICE_DIED';

  constructor(name: string, exit: Exit, logTail?: string) {
    const how = exit.signal ? `was ended by ${exit.signal}` : `ended with code ${exit.code}`;
    super(`${name} ${how}${logTail === undefined ? '; see its log above' : `. The end of its log:\n${logTail}`}`);
  }
}

export class ServiceNotReadyError extends ToolError {
  readonly code = 'SERVICE_NOT_READY';

  constructor(name: string, url: string, timeoutMs: number, answer: string) {
    super(`${name} is not ready after ${timeoutMs / 1000} s: ${url} says ${answer}`);
  }
}

/** Another program uses a port that the user asked for. */
export class PortTakenError extends ToolError {
  readonly code = 'PORT_TAKEN';

  constructor(setting: string, port: number) {
    super(`${setting} is ${port}, and something else listens there. Stop that, or choose another port.`);
  }
}
