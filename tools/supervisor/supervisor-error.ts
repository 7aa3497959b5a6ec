import { ToolError } from '../tool-error.ts';

/** The supervisor could not do what was asked. */
export class SupervisorError extends ToolError {
  readonly code = 'KEEPER_FAILED';
}

/** The supervisor has ended, and with it all its processes. */
export class SupervisorGoneError extends ToolError {
  readonly code = 'KEEPER_GONE';

  constructor(options?: ErrorOptions) {
    super('the supervisor of the servers has gone', options);
  }
}

/** The data folder is in use: the same stack runs already. */
export class AlreadyRunningError extends ToolError {
  readonly code = 'ALREADY_RUNNING';

  constructor(dataDir: string, pid: number) {
    super(
      `Provisor is already running here (process ${pid}, data in ${dataDir}). Stop it first, or use the one that runs.`,
    );
  }
}
