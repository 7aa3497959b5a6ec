import { monotonicMs, type FromHost, type ToHost } from './messages.ts';
import { scriptLimits } from './limits.ts';
import { Launchers } from './launcher.ts';
import { runOnce } from './run-once.ts';
import type { Cage, Running } from './script-process.ts';
import { PersistentPool } from './persistent-pool.ts';
import { findStarter } from './starter.ts';

/** Starts scripts for an executor and tells it how they ended. Keeps nothing that its executor does not know of. */
export class Host {
  readonly #tell: (message: FromHost) => void;
  readonly #running = new Map<number, Running>();
  #cage: Cage | undefined;
  #persistent: PersistentPool | undefined;

  constructor(tell: (message: FromHost) => void) {
    this.#tell = tell;
  }

  handle(message: ToHost): void {
    switch (message.type) {
      case 'configure': {
        const starter = findStarter(scriptLimits(message.limits), message.account);
        const { account, keptBytes } = message;
        const launcher = starter.launcher?.(account, keptBytes);
        this.#cage = { account, starter, keptBytes, launchers: launcher && new Launchers(launcher) };
        this.#persistent = new PersistentPool(this.#cage, message.persistent);
        this.#tell({ type: 'ready', starter: starter.kind, marksHold: starter.marksHold, isFenced: starter.isFenced });
        return;
      }
      case 'ping':
        this.#tell({ type: 'pong' });
        return;
      case 'once':
        if (monotonicMs() >= message.until) {
          this.#tell({ type: 'ended', id: message.id, end: { kind: 'too_late' } });
          return;
        }
        this.#track(
          message.id,
          runOnce(message, this.#cage!, (pid) => this.#tell({ type: 'started', id: message.id, pid })),
        );
        return;
      case 'feed':
        this.#track(
          message.id,
          this.#persistent!.feed(message, (pid) => this.#tell({ type: 'started', id: message.id, pid })),
        );
        return;
      case 'abort':
        this.#running.get(message.id)?.abort();
    }
  }

  /** Ends everything that runs, politely first. */
  async close(): Promise<void> {
    const running = [...this.#running.values()];
    for (const call of running) call.abort();
    await Promise.all([...running.map(({ ended }) => ended), this.#persistent?.close()]);
  }

  #track(id: number, running: Running): void {
    this.#running.set(id, running);
    void running.ended.then((end) => {
      this.#running.delete(id);
      this.#tell({ type: 'ended', id, end });
    });
  }
}
