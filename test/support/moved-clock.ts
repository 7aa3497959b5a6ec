import { randomBytes } from 'node:crypto';
import { chmodSync, globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadEndpoints } from '../../tools/servers/endpoints.ts';
import { findPostgresBinaries } from '../../tools/servers/postgres/binaries.ts';
import { startPrivatePostgres } from '../../tools/servers/postgres/index.ts';
import { aptInstall, canUseApt } from '../../tools/servers/rabbitmq/apt.ts';
import { Supervisor } from '../../tools/supervisor/supervisor.ts';

/** A PostgreSQL of a test's own whose clock it moves: the one clock of an installation on it. */
export interface MovedClock {
  databaseUrl: string;
  registryDatabaseUrl: string;
  executorDatabaseUrl: string;
  /** Sets the clock, from where it goes on. */
  set(time: string): void;
  /** Milliseconds since 1970, by this clock. */
  now(): number;
  stop(): Promise<void>;
}

const log = (line: string): void => void process.stdout.write(`${line}\n`);
const findLibrary = (): string | undefined => globSync('/usr/lib/*/faketime/libfaketime.so.1')[0];

async function install(): Promise<string | undefined> {
  if (!(await canUseApt())) return undefined;
  await aptInstall(['faketime'], log);
  return findLibrary();
}

const library = findLibrary() ?? (await install());

/** Whether {@link startMovedClock} can start one. */
export const movedClockIsPossible = library !== undefined;

/** Starts a PostgreSQL whose clock shows a time, with Debian's libfaketime between it and the system. */
export async function startMovedClock(time: string): Promise<MovedClock> {
  if (library === undefined) throw new Error('there is no libfaketime');
  const folder = mkdtempSync(join(tmpdir(), 'provisor-clock-'));
  // The account of the server reads both.
  chmodSync(folder, 0o755);
  const offsetFile = join(folder, 'offset');
  let offsetSeconds: number;
  const set = (to: string): void => {
    offsetSeconds = Math.round((Date.parse(to) - Date.now()) / 1_000);
    writeFileSync(offsetFile, `${offsetSeconds < 0 ? '' : '+'}${String(offsetSeconds)}\n`);
  };
  set(time);
  const { initdb, postgres } = await findPostgresBinaries();
  const started = join(folder, 'postgres');
  const faked = `LD_PRELOAD='${library}' FAKETIME_TIMESTAMP_FILE='${offsetFile}' FAKETIME_NO_CACHE=1`;
  // Timeouts keep to the real time.
  writeFileSync(started, `#!/bin/sh\n${faked} FAKETIME_DONT_FAKE_MONOTONIC=1 exec '${postgres}' "$@"\n`);
  chmodSync(started, 0o755);
  const dataDir = join(tmpdir(), `provisor-${randomBytes(6).toString('hex')}`);
  const supervisor = await Supervisor.open({ dataDir, ephemeral: true, log: () => undefined });
  try {
    const endpoints = await loadEndpoints(dataDir, log);
    const binaries = { initdb, postgres: started };
    const options = { supervisor, dataDir, endpoints, ephemeral: true, onDeath: () => undefined, binaries };
    const { url, serviceUrls } = await startPrivatePostgres(options);
    return {
      databaseUrl: url,
      registryDatabaseUrl: serviceUrls.registry,
      executorDatabaseUrl: serviceUrls.executor,
      set,
      now: () => Date.now() + offsetSeconds * 1_000,
      stop: async () => {
        await supervisor.close();
        rmSync(folder, { recursive: true });
      },
    };
  } catch (error) {
    await supervisor.close();
    throw error;
  }
}
