/** How to run one process, and how to end it. */
export interface ProcessSpec {
  /** For messages and logs: `postgres`, `executor-1`. */
  name: string;
  command: string;
  args: string[];
  /** The whole environment: nothing is inherited. */
  env: NodeJS.ProcessEnv;
  cwd: string;
  uid?: number;
  gid?: number;
  /** The file that its output is appended to, or the terminal. */
  output: { file: string } | 'terminal';
  /** What asks it to end in order. */
  stopSignal: NodeJS.Signals;
  /** How long it may take to end in order before it is killed. */
  graceMs: number;
  /** Run after it has ended, when it leaves something behind that dies with no process (a container). */
  afterwards?: { command: string; args: string[] };
}

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export type Command =
  | { do: 'spawn'; spec: ProcessSpec }
  /** Ends a process in order, and by force when its grace is over. */
  | { do: 'stop'; pid: number }
  /** Kills a process and all its descendants at once. */
  | { do: 'kill'; pid: number }
  /** Ends everything, the last started first, and then the supervisor itself; at once when `force`. */
  | { do: 'close'; force: boolean };

/** From the client to the supervisor. */
export type Request = Command & { id: number };

/** From the supervisor to the client. */
export type Report =
  | { report: 'ready' }
  /** An earlier supervisor of this folder, whose client has gone, is still ending its processes. */
  | { report: 'waiting'; heldBy: number }
  /** Another process, which lives, has a supervisor for this folder. */
  | { report: 'refused'; heldBy: number }
  | { report: 'done'; id: number; pid?: number }
  | { report: 'failed'; id: number; reason: string }
  | { report: 'exited'; pid: number; exit: Exit };
