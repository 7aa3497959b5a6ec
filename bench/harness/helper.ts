import { once } from 'node:events';
import { execaNode, type ResultPromise } from 'execa';
import { MeasurementError } from '../bench-error.ts';

type Answer = { readonly answer: unknown } | { readonly failed: string };

/** A process of the benches, which does one thing at a time and answers when it is done. It ends with us. */
export class Helper<Task extends object> {
  readonly #child: ResultPromise['nodeChildProcess'];
  readonly #name: string;

  /** @param file In `bench/processes`, without its ending. */
  static start<Task extends object>(file: string): Helper<Task> {
    return new Helper<Task>(file);
  }

  private constructor(name: string) {
    this.#name = name;
    const helper = execaNode(new URL(`../processes/${name}.ts`, import.meta.url), {
      nodeOptions: ['--conditions=provisor-source'],
      serialization: 'json',
      stdin: 'ignore',
      stdout: 'inherit',
      stderr: 'inherit',
      buffer: false,
      reject: false,
    });
    this.#child = helper.nodeChildProcess;
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** @throws {MeasurementError} When it fails, or ends before it has answered. */
  async ask<Result>(task: Task): Promise<Result> {
    const answered = new AbortController();
    const { signal } = answered;
    const ended = once(this.#child, 'exit', { signal }).then(() => [{ failed: 'it ended' }]);
    // Whichever comes first leaves the other waiting, which is then called off.
    ended.catch(() => undefined);
    this.#child.send(task);
    const [answer] = (await Promise.race([once(this.#child, 'message', { signal }), ended])) as [Answer];
    answered.abort();
    if ('failed' in answer) throw new MeasurementError(`${this.#name}: ${answer.failed}`);
    return answer.answer as Result;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.disconnect();
    await once(this.#child, 'exit');
  }
}
