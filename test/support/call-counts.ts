import { once } from 'node:events';
import { findFreePort } from '../../tools/servers/ports.ts';

interface CoveredScript {
  readonly url: string;
  readonly functions: readonly {
    readonly functionName: string;
    readonly ranges: readonly { readonly count: number }[];
  }[];
}

type Answer = { readonly id: number; readonly result: unknown };

/** How often the functions of a process of ours are called, as V8 counts it. */
export class CallCounts {
  /** What the process has to be started with. */
  readonly environment: { readonly NODE_OPTIONS: string };
  readonly #port: number;
  #socket: WebSocket | undefined;
  #asked = 0;

  static async prepare(): Promise<CallCounts> {
    return new CallCounts(await findFreePort());
  }

  private constructor(port: number) {
    this.#port = port;
    this.environment = { NODE_OPTIONS: `--inspect=127.0.0.1:${port}` };
  }

  /** Begins to count. To be called once the process is there. */
  async start(): Promise<void> {
    const list = await fetch(`http://127.0.0.1:${this.#port}/json`);
    const [target] = (await list.json()) as [{ webSocketDebuggerUrl: string }];
    this.#socket = new WebSocket(target.webSocketDebuggerUrl);
    await once(this.#socket, 'open');
    await this.#ask('Profiler.enable');
    await this.#ask('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  }

  /** The most calls of one function since the last question, by file below `dist/`. */
  async take(): Promise<Map<string, number>> {
    const { result } = (await this.#ask('Profiler.takePreciseCoverage')) as { result: readonly CoveredScript[] };
    const most = new Map<string, number>();
    for (const { url, functions } of result) {
      const [, file] = url.split('/dist/');
      if (file === undefined) continue;
      most.set(file, Math.max(...functions.map(({ ranges }) => ranges[0]!.count)));
    }
    return most;
  }

  stop(): void {
    this.#socket?.close();
  }

  async #ask(method: string, params: object = {}): Promise<unknown> {
    const id = ++this.#asked;
    this.#socket!.send(JSON.stringify({ id, method, params }));
    for (;;) {
      const [message] = (await once(this.#socket!, 'message')) as [{ data: string }];
      const answer = JSON.parse(message.data) as Answer;
      if (answer.id === id) return answer.result;
    }
  }
}
