import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execa } from 'execa';
import { findFreePort } from '../../tools/servers/ports.ts';
import type { DevAccess } from '../../tools/stack/index.ts';
import { createSandbox, type Sandbox } from '../../tools/test/sandbox.ts';
import { cloneInto } from '../support/clone.ts';

/**
 * A script or a supervisor sends a signal to the one process that it has started, and not to a terminal's whole group.
 * npm passes it on to `node tools/run.mjs`, and that to what it has started, so that a signal to npm takes every step.
 */
describe('a signal to one process stops the whole stack in order', () => {
  let sandbox: Sandbox;
  let clone: string;

  beforeAll(async () => {
    sandbox = await createSandbox();
    clone = await mkdtemp(join(tmpdir(), 'provisor signals '));
    await cloneInto(clone);
  });

  afterAll(async () => {
    await rm(clone, { recursive: true, force: true });
    await sandbox.dispose();
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    '%s to npm',
    async (signal) => {
      const stack = execa('npm', ['start'], {
        cwd: clone,
        env: {
          PATH: process.env['PATH'],
          DATABASE_URL: sandbox.databaseUrl,
          AMQP_URL: sandbox.amqpUrl,
          // Of this test alone: another stack would take the usual ports as soon as they are free.
          REGISTRY_PORT: String(await findFreePort()),
          EXECUTOR_PORT: String(await findFreePort()),
        },
        extendEnv: false,
        reject: false,
        forceKillAfterDelay: false,
        all: true,
      });
      await new Promise<void>((resolve, reject) => {
        let said = '';
        stack.all.on('data', (chunk: Buffer) => {
          said += chunk.toString();
          if (said.includes('provisor ready')) resolve();
        });
        stack.all.once('end', () => reject(new Error(`it has ended by itself:\n${said}`)));
      });
      const accessFile = join(clone, '.provisor/dev.json');
      const { registryUrl, executorUrl } = JSON.parse(await readFile(accessFile, 'utf8')) as DevAccess;
      expect((await fetch(`${executorUrl}/readyz`)).ok).toBe(true);

      stack.kill(signal);
      const { exitCode, all } = await stack;
      // When the process that was asked has ended, so has everything that it started.
      for (const url of [registryUrl, executorUrl])
        await expect(fetch(`${url}/readyz`)).rejects.toThrow('fetch failed');
      await expect(readFile(accessFile)).rejects.toMatchObject({ code: 'ENOENT' });
      expect(all).toContain('"msg":"stopped"');
      expect(exitCode).toBe(0);
    },
    120_000,
  );
});
