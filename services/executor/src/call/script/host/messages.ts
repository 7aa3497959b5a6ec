/** What executor and script host say to each other, over the channel between them. */

/** Limits of a script's process; what is undefined is not limited. */
export interface ScriptLimits {
  cpuSeconds: number | undefined;
  /** Bytes of address space. */
  memory: number | undefined;
  openFiles: number | undefined;
  /** Of its user in all, threads included. */
  processes: number | undefined;
  /** Bytes of any file that it writes. */
  fileSize: number | undefined;
}

/** Who scripts run as. */
export interface ScriptAccount {
  uid: number;
  gid: number;
}

/** The first message. */
export interface Configure {
  type: 'configure';
  /** undefined: as the executor. */
  account: ScriptAccount | undefined;
  limits: ScriptLimits;
  /** Bytes that are kept of stdout and of stderr each. */
  keptBytes: number;
  /** Times of persistent scripts. */
  persistent: PersistentOptions;
}

export interface PersistentOptions {
  /** A process ends after this number of events, so that its leaks do not add up. */
  eventsPerProcess: number;
  /** A process that had nothing to do for so long ends. */
  idleMs: number;
  /** Wait before the first restart after a crash; doubled with every further one. */
  firstRestartMs: number;
  lastRestartMs: number;
}

/** How to start a script. */
export interface ScriptProgram {
  /** From then on it must not be started any more; by `monotonicMs`. */
  until: number;
  file: string;
  args: readonly string[];
  /** Its working directory. */
  cwd: string;
  env: Readonly<Record<string, string>>;
}

/** One script, one event. */
export interface RunOnce extends ScriptProgram {
  type: 'once';
  id: number;
  /** No two processes that are alive have the same, unless one comes from the other. */
  mark: Mark;
  /** Goes to its standard input. Bytes, since text would be copied once more on either side. */
  body: Uint8Array;
}

/** One event for a persistent script. */
export interface Feed extends ScriptProgram {
  type: 'feed';
  id: number;
  mark: Mark;
  /** Calls with the same may go to the same process. */
  key: string;
  executionId: string;
  /** Without the line break at its end. */
  line: string;
}

/** How processes of a script are known again after they have left its process group. */
export interface Mark {
  /** A limit that nothing ever reaches, inherited by every descendant. */
  limit: number;
  /** `NAME=value` in their environment; empty: none. */
  variable: string;
}

/** Ends what runs for a call. */
export interface Abort {
  type: 'abort';
  id: number;
}

/** Asks whether the host still works. */
export interface Ping {
  type: 'ping';
}

export type ToHost = Configure | RunOnce | Feed | Abort | Ping;

export interface KeptOutput {
  stdout: string;
  stderr: string;
  truncated: boolean;
}

/** Why a process did not become the script. */
export interface NotStarted {
  kind: 'not_started';
  /** `execve`: the system could not run the file. The other steps say nothing of the file. */
  stage: 'spawn' | 'limits' | 'capabilities' | 'filter' | 'fence' | 'execve';
  /** Of the system's error, like `ENOENT`. */
  code: string;
}

/** What starts scripts died, and what it ran was ended. */
export interface Lost {
  kind: 'lost';
  /** Whether the script is known to have been started. */
  started: boolean;
}

/** How a call ended. */
export type ScriptEnd =
  /** The system could not start it. */
  | NotStarted
  /** The order came when the time of the call was over, or the time was over before its turn. */
  | { kind: 'too_late' }
  | Lost
  /** Its process ended; of a persistent script: before it answered. */
  | { kind: 'exited'; exitCode: number | null; signal: string | null; output: KeptOutput }
  | { kind: 'replied'; ok: boolean; retry: boolean; error: string; output: KeptOutput }
  | { kind: 'bad_reply'; fault: string; output: KeptOutput };

/** What the host found on this machine. */
export interface Ready {
  type: 'ready';
  /** `none`: limits cannot be set, and the mark is in the environment only. */
  starter: 'perl' | 'prlimit' | 'none';
  /** Whether scripts cannot change the mark that they are known by. */
  marksHold: boolean;
  /** Whether scripts cannot read memory and environment of processes that they have not started. */
  isFenced: boolean;
}

export interface Started {
  type: 'started';
  id: number;
  /** Of its process, where the host has it from the beginning. */
  pid: number | undefined;
}

export interface Ended {
  type: 'ended';
  id: number;
  end: ScriptEnd;
}

/** The answer to a ping. */
export interface Pong {
  type: 'pong';
}

export type FromHost = Ready | Started | Ended | Pong;

/** Milliseconds of the system's monotonic clock, which all processes of a machine share. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint() / 1_000_000n);
}
