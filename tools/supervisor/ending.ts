import { execa } from 'execa';
import { poll } from '../process/poll.ts';
import { familyOf, isRunning, killFamily, type ProcessIdentity } from '../process/tree.ts';
import { readRecord, writeRecord, type RunningProcess } from './record.ts';

/** How long what was killed may take to disappear. Nothing survives SIGKILL, but a busy system takes its time. */
const disappearMs = 10_000;

/**
 * Ends a process in order: its stop signal first, SIGKILL for what is left when its grace is over.
 *
 * Only the process itself gets the signal, since it knows best how to end its own: Erlang gives up at once when a
 * helper is signalled.
 */
export async function stopProcess(running: RunningProcess): Promise<void> {
  const family = isRunning(running) ? familyOf(running.pid) : [];
  if (isRunning(running)) process.kill(running.pid, running.spec.stopSignal);
  await poll(() => !isRunning(running) || undefined, { timeoutMs: running.spec.graceMs });
  await killProcess(running, family);
}

/**
 * Kills a process with all its descendants. Resolves when they have gone: a server can be started on the same data
 * right afterwards.
 */
export async function killProcess(running: RunningProcess, known: ProcessIdentity[] = []): Promise<void> {
  const family = [...known, ...(isRunning(running) ? familyOf(running.pid) : [])];
  killFamily(family);
  await poll(() => !family.some(isRunning) || undefined, { timeoutMs: disappearMs });
  await runAfterwards(running);
}

/** Ends what a supervisor of this folder could not end because it was killed. */
export async function endLeftovers(dataDir: string): Promise<void> {
  for (const running of readRecord(dataDir).reverse()) await stopProcess(running);
  writeRecord(dataDir, []);
}

async function runAfterwards({ spec: { afterwards } }: RunningProcess): Promise<void> {
  if (!afterwards) return;
  // Its exit code does not matter: it fails when nothing is left to remove, which is as good.
  const { code, cause } = await execa(afterwards.command, afterwards.args, { stdio: 'ignore', reject: false });
  if (code !== undefined) throw new Error(`cannot start ${afterwards.command}`, { cause });
}
