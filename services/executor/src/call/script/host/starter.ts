import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { execaSync } from 'execa';
import { limitsWith, prlimitOptions, type Limits } from './limits.ts';
import { markFilter } from './mark-filter.ts';
import type { ScriptAccount } from './messages.ts';
import { firstMark } from './process-tree.ts';

/** The file descriptor on which the starter says that it could not become the program. Programs do not inherit it. */
export const statusFile = 3;
/** The one that the starter makes the program's standard input. Node reads from it as well, and so hears of its end. */
export const inputFile = 4;

/** How scripts are started: what stands between the host and the script, and becomes it. */
export interface Starter {
  /**
   * `perl`: limits, a mark that cannot be changed, a fence, and the code of the system when the script cannot be run.
   * `prlimit`: limits and a mark. `none`: neither.
   */
  readonly kind: 'perl' | 'prlimit' | 'none';
  /** Whether a script cannot change the mark. */
  readonly marksHold: boolean;
  /**
   * Whether a script cannot read memory and environment of processes that it has not started, of the same user or not.
   */
  readonly isFenced: boolean;
  /** The command that runs a program. */
  command(mark: number, file: string, args: readonly string[]): string[];
  /** The environment of that command, from the one that the program is to have. */
  environment(env: Readonly<Record<string, string>>): Readonly<Record<string, string>>;
  /** The limits of one process, its mark among them. */
  limits(mark: number): Limits;
  /** The command of a process that starts one script after the other; undefined where there is none. */
  launcher?(account: ScriptAccount | undefined, keptBytes: number): string[];
}

/** What the starter said of a program that it could not become. */
export interface StartFailure {
  /** The step that failed. */
  readonly stage: 'spawn' | 'limits' | 'capabilities' | 'filter' | 'fence' | 'execve';
  /** Of the system's error, like `ENOENT`. */
  readonly code: string;
}

/** Numbers of system calls; those of Landlock are the same on every processor. */
interface SystemCalls {
  readonly prlimit64: number;
  readonly execve: number;
  readonly seccomp: number;
  readonly prctl: number;
  readonly setsid: number;
  readonly setgroups: number;
  readonly setgid: number;
  readonly setuid: number;
}
const systemCalls: Partial<Record<NodeJS.Architecture, SystemCalls>> = {
  x64: {
    ...{ prlimit64: 302, execve: 59, seccomp: 317, prctl: 157 },
    ...{ setsid: 112, setgroups: 116, setgid: 106, setuid: 105 },
  },
  arm64: {
    ...{ prlimit64: 261, execve: 221, seccomp: 277, prctl: 167 },
    ...{ setsid: 157, setgroups: 159, setgid: 144, setuid: 146 },
  },
};

/**
 * Whether a program that this process starts is handed its capabilities. So it is where the executor is not root and
 * has some: the kernel takes them away with the user only from root.
 */
const handsOnCapabilities = /^CapAmb:\s*0*[1-9a-f]/m.test(statusOfThisProcess());

/**
 * The best that works here.
 *
 * @throws When scripts would have the capabilities of the executor.
 */
export function findStarter(limits: Limits, account?: ScriptAccount): Starter {
  const perl = findPerl();
  const filter = markFilter()?.toString('hex') ?? '';
  const candidates = [...(perl === undefined ? [] : perlStarters(perl, limits, filter)), prlimitStarter(limits)];
  const found = candidates.find((starter) => works(starter, account));
  if (!found && handsOnCapabilities) {
    throw new Error('without perl and prlimit scripts would have the capabilities of the executor');
  }
  return found ?? none;
}

/** Reads what a starter said; undefined when it became the program. */
export function startFailure(status: string): StartFailure | undefined {
  const [, stage, number] = /^(spawn|limits|capabilities|filter|fence|execve) (\d+)$/.exec(status) ?? [];
  if (stage === undefined) return undefined;
  return { stage: stage as StartFailure['stage'], code: nameOf(Number(number)) };
}

const none: Starter = {
  limits: () => [],
  kind: 'none',
  marksHold: false,
  isFenced: false,
  command: (_mark, file, args) => [file, ...args],
  environment: (env) => env,
};

/** With everything, and with ever less of what a system can do without. */
function perlStarters(perl: string, limits: Limits, filter: string): Starter[] {
  const calls = systemCalls[process.arch];
  if (!calls) return [];
  const fenced = refusesPrivileges() ? [perlStarter({ perl, limits, calls, filter, fence: 'landlock' })] : [];
  const held = filter === '' ? [] : [perlStarter({ perl, limits, calls, filter, fence: '' })];
  return [...fenced, ...held, perlStarter({ perl, limits, calls, filter: '', fence: '' })];
}

/** Perl, which Debian always has, gets them as text: the user of scripts may not read our files. */
const programs = { starter: perlProgram('starter'), launcher: perlProgram('launcher') };

function perlProgram(name: 'starter' | 'launcher'): string {
  return ['become', name].map((part) => readFileSync(new URL(`./${part}.pl`, import.meta.url), 'utf8')).join('\n');
}

interface PerlStarterOptions {
  readonly perl: string;
  readonly limits: Limits;
  readonly calls: SystemCalls;
  /** Empty: none. */
  readonly filter: string;
  /** Empty: none. */
  readonly fence: string;
}

function perlStarter({ perl, limits, calls, filter, fence }: PerlStarterOptions): Starter {
  const numbers = [calls.prlimit64, calls.seccomp, calls.execve, handsOnCapabilities ? calls.prctl : ''];
  const running = (program: string) => [perl, '-f', '-e', program, '--', ...numbers, filter, fence, process.pid];
  return {
    kind: 'perl',
    marksHold: filter !== '',
    isFenced: fence !== '',
    limits: (mark) => limitsWith(limits, mark),
    command: (mark, file, args) => {
      const all = limitsWith(limits, mark);
      return [...[...running(programs.starter), all.length, ...all.flat()].map(String), file, ...args];
    },
    launcher: (account, keptBytes) => {
      const { setsid, setgroups, setgid, setuid } = calls;
      const user = [account?.uid ?? '', account?.gid ?? ''];
      return [...running(programs.launcher), setsid, setgroups, setgid, setuid, ...user, keptBytes].map(String);
    },
    environment: (env) => Object.fromEntries(Object.entries(env).map(([name, value]) => [`_${name}`, value])),
  };
}

function prlimitStarter(limits: Limits): Starter {
  return {
    kind: 'prlimit',
    marksHold: false,
    isFenced: false,
    limits: (mark) => limitsWith(limits, mark),
    command: (mark, file, args) => {
      const withoutCapabilities = handsOnCapabilities
        ? ['setpriv', '--inh-caps=-all', '--ambient-caps=-all', '--']
        : [];
      return [...withoutCapabilities, 'prlimit', ...prlimitOptions(limitsWith(limits, mark)), '--', file, ...args];
    },
    environment: (env) => env,
  };
}

/** Has it start a program as the user of scripts, and one that is not there, which has to be told. */
function works(starter: Starter, { uid, gid }: Partial<ScriptAccount> = {}): boolean {
  const user = uid === undefined || gid === undefined ? {} : { uid, gid };
  const run = (program: string) => {
    const [file, ...args] = starter.command(firstMark, program, []);
    const stdio = ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] as const;
    const { exitCode, stdio: outputs } = execaSync(file!, args, { stdio, reject: false, ...user });
    return { exitCode, status: outputs[statusFile] };
  };
  const { exitCode, status } = run('/bin/true');
  if (exitCode !== 0 || status !== '') return false;
  return starter.kind !== 'perl' || startFailure(run('/no such program').status)?.code === 'ENOENT';
}

/** What a script may do as another user, like mounting, must not be refused by a fence. */
function refusesPrivileges(): boolean {
  return /^NoNewPrivs:\t1$/m.test(statusOfThisProcess());
}

/** That of the system: another one may be a script itself. */
function findPerl(): string | undefined {
  return ['/usr/bin/perl', '/bin/perl', '/usr/local/bin/perl'].find((file) => existsSync(file));
}

function nameOf(number: number): string {
  return Object.entries(constants.errno).find(([, value]) => value === number)?.[0] ?? `errno ${number}`;
}

/** Empty where the system has no such file. */
function statusOfThisProcess(): string {
  try {
    return readFileSync('/proc/self/status', 'utf8');
  } catch {
    return '';
  }
}
