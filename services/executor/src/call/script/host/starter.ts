import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { execaSync } from 'execa';
import { limitsWith, prlimitOptions, type Limits } from './limits.ts';
import { markFilter } from './mark-filter.ts';
import type { ScriptAccount } from './messages.ts';
import { firstMark } from './process-tree.ts';

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
}

/** What the starter said of a program that it could not become. */
export interface StartFailure {
  /** The step that failed. */
  readonly stage: 'spawn' | 'limits' | 'capabilities' | 'filter' | 'fence' | 'execve';
  /** Of the system's error, like `ENOENT`. */
  readonly code: string;
}

/** The file descriptor on which the starter says that it could not become the program. Programs do not inherit it. */
export const statusFile = 3;
/** The one that the starter makes the program's standard input. Node reads from it as well, and so hears of its end. */
export const inputFile = 4;

/** Numbers of system calls; those of Landlock are the same on every processor. */
interface SystemCalls {
  readonly prlimit64: number;
  readonly execve: number;
  readonly seccomp: number;
  readonly prctl: number;
}
const systemCalls: Partial<Record<NodeJS.Architecture, SystemCalls>> = {
  x64: { prlimit64: 302, execve: 59, seccomp: 317, prctl: 157 },
  arm64: { prlimit64: 261, execve: 221, seccomp: 277, prctl: 167 },
};

/**
 * Whether a program that this process starts is handed its capabilities. So it is where the executor is not root and
 * has some: the kernel takes them away with the user only from root.
 */
const handsOnCapabilities = /^CapAmb:\s*0*[1-9a-f]/m.test(statusOfThisProcess());

/**
 * Sets limits, gives up capabilities that it was handed (`PR_CAP_AMBIENT_CLEAR_ALL`), has the filter hold the mark, and
 * becomes the program by execve itself: execvp would have /bin/sh run what the system cannot. What fails is told by
 * number on a file that is closed when the program begins, so that no program can say it. The names of the environment
 * have a character before them until then: no variable means anything to Perl, and a process that does not have its
 * mark yet is not known by its environment, as of the same execution elsewhere. When the host is gone by then, the
 * program is not started: whoever looks for marked processes has looked.
 *
 * The fence is a Landlock domain. From within one no process outside can be traced, and the system asks for that right
 * where memory or environment of a process is read in /proc. From version 6 on (Linux 6.12) it can also not be sent a
 * signal. A domain has to restrict something: this one handles moving files between folders, which it allows
 * everywhere, and which every other domain would refuse. Version 1 knows no such rule and is not used.
 */
const perlProgram = `
my ($prlimit, $seccomp, $execve, $prctl, $filter, $fence, $host, $count, @rest) = @ARGV;
open(my $status, '>&=', ${statusFile}) or exit 127;
fcntl($status, 2, 1);
open(my $input, '<&=', ${inputFile}) or exit 127;
fcntl($input, 2, 1) and open(STDIN, '<&', $input) or exit 127;
sub failed { my $code = $! + 0; syswrite($status, "$_[0] $code"); exit 127 }
my @limits = splice(@rest, 0, 2 * $count);
my @environment = map { substr($_, 1) . "=$ENV{$_}" } keys %ENV;
my $file = $rest[0];
my ($arguments, $environment) = (pack('p*', @rest, undef), pack('p*', @environment, undef));
my $instructions = pack('H*', $filter);
my $program = pack('S x6 P', length($instructions) / 8, $instructions);
while (my ($resource, $limit) = splice(@limits, 0, 2)) {
  my $both = pack('Q2', $limit, $limit);
  syscall($prlimit + 0, 0, $resource + 0, $both, 0) == 0 or failed('limits');
}
$prctl eq '' or syscall($prctl + 0, 47, 4, 0, 0, 0) == 0 or failed('capabilities');
$filter eq '' or syscall($seccomp + 0, 1, 4, $program) == 0 or failed('filter');
sub fence {
  my $version = syscall(444, 0, 0, 1);
  my ($move, $scoped) = (1 << 13, $version >= 6 ? 2 : 0);
  my $rules = pack('Q3', $move, 0, $scoped);
  my $ruleset = syscall(444, $rules, $scoped ? 24 : 8, 0);
  sysopen(my $root, '/', 0x200000) or return 0;
  my $rule = pack('Ql', $move, fileno($root));
  return $version > 1 && syscall(445, $ruleset, 1, $rule, 0) == 0 && syscall(446, $ruleset, 0) == 0;
}
$fence eq '' or fence() or failed('fence');
getppid() == $host or exit 127;
syscall($execve + 0, $file, $arguments, $environment);
failed('execve');
`;

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
  const [, stage, number] = /^(limits|capabilities|filter|fence|execve) (\d+)$/.exec(status) ?? [];
  if (stage === undefined) return undefined;
  return { stage: stage as StartFailure['stage'], code: nameOf(Number(number)) };
}

const none: Starter = {
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
  const fixed = [perl, '-f', '-e', perlProgram, '--', ...numbers, filter, fence, process.pid];
  return {
    kind: 'perl',
    marksHold: filter !== '',
    isFenced: fence !== '',
    command: (mark, file, args) => {
      const all = limitsWith(limits, mark);
      return [...[...fixed, all.length, ...all.flat()].map(String), file, ...args];
    },
    environment: (env) => Object.fromEntries(Object.entries(env).map(([name, value]) => [`_${name}`, value])),
  };
}

function prlimitStarter(limits: Limits): Starter {
  return {
    kind: 'prlimit',
    marksHold: false,
    isFenced: false,
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
