/**
 * The supervisor: a small process that owns the servers and services of one data folder. It ends them when the process
 * that started it has gone, even by SIGKILL: the channel between them then closes.
 *
 * Arguments: the data folder, and `--ephemeral` if it should be deleted at the end.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { tryLock, type Lock, type LockHolder } from '../process/lock.mjs';
import { poll } from '../process/poll.ts';
import { identify, isRunning, type ProcessIdentity } from '../process/tree.ts';
import { Charges } from './charges.ts';
import { endLeftovers } from './ending.ts';
import type { Command, Report, Request } from './messages.ts';

/**
 * How long an earlier supervisor, whose client has gone, may take to end its processes. An executor drains for 30 s.
 */
const predecessorMs = 90_000;

const [dataDir = '', mode] = process.argv.slice(2);
const charges = new Charges(dataDir, (pid, exit) => tell({ report: 'exited', pid, exit }));
let lock: Lock | undefined;
let closing: Promise<void> | undefined;

process.on('disconnect', () => void close());
// No program here sends these signals; a user who does wants everything to end.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void close());

await open();

async function open(): Promise<void> {
  mkdirSync(dataDir, { recursive: true });
  const answer = await lockFolder();
  if ('heldBy' in answer) {
    tell({ report: 'refused', heldBy: clientOf(answer).pid });
    process.disconnect();
    return;
  }
  lock = answer;
  await endLeftovers(dataDir);
  if (closing) {
    release(); // The client has gone while we waited.
    return;
  }
  process.on('message', (request: Request) => void handle(request));
  tell({ report: 'ready' });
}

/** Waits for a predecessor that is about to end; one whose client still lives keeps the folder. */
async function lockFolder(): Promise<Lock | LockHolder> {
  const client = JSON.stringify(identify(process.ppid));
  const attempt = () => tryLock(join(dataDir, 'supervisor'), client);
  let told = false;
  const decided = await poll(
    () => {
      const answer = attempt();
      if ('release' in answer || isRunning(clientOf(answer)) || closing) return answer;
      if (!told) tell({ report: 'waiting', heldBy: answer.heldBy });
      told = true;
      return undefined;
    },
    { timeoutMs: predecessorMs },
  );
  return decided ?? attempt();
}

/** Whom another supervisor works for. It has written that into its lock. */
function clientOf(holder: LockHolder): ProcessIdentity {
  return JSON.parse(holder.note) as ProcessIdentity;
}

async function handle(request: Request): Promise<void> {
  try {
    const pid = await carryOut(request);
    tell({ report: 'done', id: request.id, ...(pid !== undefined && { pid }) });
  } catch (error) {
    tell({ report: 'failed', id: request.id, reason: explain(error) });
  }
  if (request.do === 'close' && process.connected) process.disconnect();
}

/** Returns the process id of what was started. */
async function carryOut(command: Command): Promise<number | undefined> {
  switch (command.do) {
    case 'spawn':
      return charges.spawn(command.spec);
    case 'stop':
      await charges.stop(command.pid);
      break;
    case 'kill':
      await charges.kill(command.pid);
      break;
    case 'close':
      // A running orderly end has nothing left to wait for once everything is dead.
      if (command.force) await charges.close(true);
      await close();
  }
  return undefined;
}

/** Ends everything, once, however often it is asked for. */
function close(): Promise<void> {
  closing ??= charges.close(false).then(release);
  return closing;
}

function release(): void {
  if (!lock) return;
  if (mode === '--ephemeral') rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  else lock.release();
}

function tell(report: Report): void {
  if (process.connected) process.send?.(report);
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
