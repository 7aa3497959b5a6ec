import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { KeptProcess, Supervisor } from '../supervisor/supervisor.ts';
import { findFreePort } from '../servers/ports.ts';

const scenario = fileURLToPath(new URL('./scenarios/call.xml', import.meta.url));

/** Who calls, and whom. */
export interface Call {
  /** Of SIPp. */
  program: string;
  proxyPort: number;
  caller: string;
  domain: string;
  secret: string;
}

/** What a call was answered with; `none` when there was no answer in time, or no proxy. */
export type CallAnswer = 200 | 401 | 402 | 404 | 'none';

/** Starts the other side, which answers every call; resolves with its port. */
export async function startAnsweringSide(
  supervisor: Supervisor,
  program: string,
): Promise<{ port: number; process: KeptProcess }> {
  const port = await findFreePort();
  const kept = await supervisor.spawn({
    name: 'sipp-uas',
    command: program,
    args: ['-sn', 'uas', '-i', '127.0.0.1', '-p', String(port), '-nostdin', '-mp', String(await findFreePort())],
    env: { PATH: process.env['PATH'], TERM: 'dumb' },
    cwd: supervisor.dataDir,
    output: { file: join(supervisor.dataDir, 'sipp-uas.log') },
    stopSignal: 'SIGKILL',
    graceMs: 1_000,
  });
  return { port, process: kept };
}

/** Makes one call, and ends it where it is answered. */
export async function makeCall({ program, proxyPort, caller, domain, secret }: Call): Promise<CallAnswer> {
  const folder = await mkdtemp(join(tmpdir(), 'provisor-call-'));
  const log = join(folder, 'answers.log');
  try {
    await execa(
      program,
      [
        `127.0.0.1:${proxyPort}`,
        ...['-sf', scenario, '-s', 'echo', '-m', '1', '-l', '1', '-i', '127.0.0.1', '-p', String(await findFreePort())],
        ...['-nostdin', '-timeout', '4', '-recv_timeout', '3000', '-trace_logs', '-log_file', log],
        ...['-key', 'caller', caller, '-key', 'domain', domain, '-au', caller, '-ap', secret],
      ],
      { cwd: folder, env: { TERM: 'dumb' }, stdin: 'ignore', reject: false, timeout: 10_000 },
    );
    const answers = await readFile(log, 'utf8').catch(() => '');
    const answer = Number(/answer (\d+)/.exec(answers)?.[1] ?? Number.NaN);
    return Number.isNaN(answer) ? 'none' : (answer as CallAnswer);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
