import { chmod, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ScriptTask } from '#contracts';
import { callOf, never } from '../../testing/calls.ts';
import { ScriptRunner, type ScriptRunnerOptions } from '../script-runner.ts';

type Overrides = Parameters<typeof callOf>[1] & { args?: string[]; mode?: ScriptTask['mode']; signal?: AbortSignal };

/** A folder of scripts, and runners that run what is in it. */
export class ScriptFolder {
  readonly path: string;
  readonly #runners: ScriptRunner[] = [];
  #scripts = 0;

  static async make(): Promise<ScriptFolder> {
    const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'provisor scripts ')));
    // The user of the script must have access.
    await chmod(folder, 0o755);
    return new ScriptFolder(folder);
  }

  private constructor(folder: string) {
    this.path = folder;
  }

  runner(options: Partial<ScriptRunnerOptions> = {}): ScriptRunner {
    const environment = { PATH: process.env['PATH']!, LANG: 'C.UTF-8', TZ: 'UTC', HOME: this.path };
    const runner = new ScriptRunner({ folders: [this.path], environment, ...options });
    this.#runners.push(runner);
    return runner;
  }

  /** Writes a script and names it. */
  async write(text: string, name = `script ${++this.#scripts}`): Promise<string> {
    await writeFile(path.join(this.path, name), text, { mode: 0o755 });
    return name;
  }

  /** Runs a few lines of shell, or the script of a name. */
  async run(runner: ScriptRunner, script: string, { args = [], mode = 'once', signal, ...call }: Overrides = {}) {
    const name = mode === 'once' ? await this.write(`#!/bin/sh\n${script}\n`) : script;
    const task: ScriptTask = { type: 'script', path: name, args, mode };
    const result = await runner.run(callOf(task, call as object), signal ?? never);
    return { ...result, stdout: result.response.script?.stdout ?? '', stderr: result.response.script?.stderr ?? '' };
  }

  async remove(): Promise<void> {
    await Promise.all(this.#runners.map((runner) => runner.close()));
    await rm(this.path, { recursive: true });
  }
}
