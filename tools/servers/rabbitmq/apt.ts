import { readFile, rm, writeFile } from 'node:fs/promises';
import { execa } from 'execa';
import { ServerUnavailableError } from '../server-error.ts';
import { findProgram } from './program.ts';

/** What maintainer scripts ask before they start a service, on every init system; exit code 101 means "do not". */
const policyFile = '/usr/sbin/policy-rc.d';
const policy =
  '#!/bin/sh\n# Written by Provisor for the time of one apt-get install: the package is wanted, not a service.\nexit 101\n';

/** Whether packages can be installed here without a question: Debian or Ubuntu, as root. */
export async function canUseApt(): Promise<boolean> {
  return process.platform === 'linux' && process.getuid?.() === 0 && (await findProgram('apt-get')) !== undefined;
}

const lockTimeoutSeconds = 300;

/** Installs RabbitMQ without letting it start a broker for the whole machine. */
export async function installRabbitmqWithApt(log: (line: string) => void): Promise<void> {
  await aptInstall(['rabbitmq-server'], log);
}

/**
 * Installs packages, and says so, without letting them start a service.
 *
 * @throws ServerUnavailableError when apt-get fails, with what it said
 */
export async function aptInstall(names: readonly string[], log: (line: string) => void): Promise<void> {
  const named = names.join(' ');
  log(`installing ${named} with apt-get (no service is started)…`);
  const install = ['install', '--yes', '--no-install-recommends', ...names];
  const denied = await denyServiceStarts();
  try {
    const first = await aptGet(install);
    if (first.code === 0) return;
    // A fresh machine or container has no package lists yet, or old ones.
    const second = (await aptGet(['update'])).code === 0 ? await aptGet(install) : first;
    if (second.code !== 0) throw new ServerUnavailableError(`apt-get install ${named} failed:\n${second.output}`);
  } finally {
    if (denied) await rm(policyFile);
  }
}

/** True when the policy is ours to remove: also one that an earlier run of ours left behind because it was killed. */
async function denyServiceStarts(): Promise<boolean> {
  try {
    await writeFile(policyFile, policy, { flag: 'wx', mode: 0o755 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return (await readFile(policyFile, 'utf8')) === policy;
  }
}

async function aptGet(args: string[]) {
  const env = { DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' };
  // Another program, such as the unattended upgrades of a new machine, may install something just now.
  const patience = ['-o', `DPkg::Lock::Timeout=${String(lockTimeoutSeconds)}`];
  const { code, cause, exitCode, all } = await execa('apt-get', [...patience, ...args], {
    env,
    stdin: 'ignore',
    all: true,
    reject: false,
  });
  if (code !== undefined) throw new ServerUnavailableError('cannot start apt-get', { cause });
  return { code: exitCode, output: all };
}
