/**
 * The target of the calls: answers at once, and checks that every event came exactly once and in the order of its key.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { processesNow, type ProcessorWindow, type ProcessUse } from '../processor-time.ts';
import { markOf, now } from './bench-event.ts';
import { serve } from './serve.ts';

export type ReceiverTask =
  | { readonly do: 'listen' }
  /** Answers when everything has come. */
  | {
      readonly do: 'receive';
      readonly run: string;
      readonly calls: number;
      /** Calls at the beginning that do not count; a tenth unless said. */
      readonly warmUp?: number;
      readonly delayMs?: number;
      /**
       * Whether to look at the processor time of all processes, which takes milliseconds at both ends of what counts.
       */
      readonly watchProcessor?: boolean;
    };

export interface Reception {
  /** Calls after those that do not count, and how long they took; seconds. */
  readonly calls: number;
  readonly seconds: number;
  /** From when each event was to be published until its first handler was called, milliseconds. */
  readonly latencies: readonly number[];
  readonly faults: readonly string[];
  /** All processes when the first call that counts came, and when the last one did; on Linux, when it was asked for. */
  readonly processor?: ProcessorWindow;
}

/** When no call has come for so long, none will; services have started by then. */
const patienceMs = 60_000;
/** The reported faults; one is enough to spoil a run. */
const mostFaults = 5;

class Expectation {
  readonly #run: string;
  readonly #total: number;
  readonly #warm: number;
  readonly #next = new Map<string, number>();
  readonly #latencies: number[] = [];
  readonly #faults: string[] = [];
  readonly #done: (reception: Reception) => void;
  readonly delayMs: number;
  readonly #watchProcessor: boolean;
  #processesWhenWarm: readonly ProcessUse[] | undefined;
  #calls = 0;
  #warmAt = 0;

  constructor(
    {
      run,
      calls,
      warmUp = Math.floor(calls / 10),
      delayMs = 0,
      watchProcessor = false,
    }: Extract<ReceiverTask, { do: 'receive' }>,
    done: (reception: Reception) => void,
  ) {
    this.#run = run;
    this.#total = calls;
    this.#warm = warmUp;
    this.#done = done;
    this.delayMs = delayMs;
    this.#watchProcessor = watchProcessor;
  }

  /** How many have come. */
  get calls(): number {
    return this.#calls;
  }

  call(path: string, body: Buffer): void {
    const at = now();
    const mark = markOf(body);
    if (mark?.run !== this.#run) return;
    const place = `${path} ${mark.key}`;
    const expected = this.#next.get(place) ?? 0;
    if (mark.sequence !== expected) this.#fault(`${place}: ${mark.sequence} came where ${expected} should have`);
    this.#next.set(place, mark.sequence + 1);
    this.#calls += 1;
    const total = this.#total;
    const warm = this.#warm;
    if (this.#calls === warm) {
      if (this.#watchProcessor) this.#processesWhenWarm = processesNow();
      this.#warmAt = now();
    }
    if (this.#calls > warm && path === '/0') this.#latencies.push(at - mark.at);
    if (this.#calls < total) return;
    const seconds = (at - this.#warmAt) / 1_000;
    const from = this.#processesWhenWarm;
    const to = from && processesNow();
    this.#done({
      calls: total - warm,
      seconds,
      latencies: this.#latencies,
      faults: this.#faults,
      ...(from && to && { processor: { from, to } }),
    });
  }

  #fault(fault: string): void {
    if (this.#faults.length < mostFaults) this.#faults.push(fault);
  }
}

let expectation: Expectation | undefined;

function receive(request: IncomingMessage, response: ServerResponse): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const answer = (): void => void response.writeHead(200, { 'content-length': 2 }).end('ok');
    expectation?.call(request.url ?? '', chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
    if (expectation?.delayMs) setTimeout(answer, expectation.delayMs);
    else answer();
  });
}

const server = createServer({ keepAliveTimeout: 60_000 }, receive);

/** Resolves when everything has come, and rejects when nothing more does. */
function received(task: Extract<ReceiverTask, { do: 'receive' }>): Promise<Reception> {
  return new Promise((resolve, reject) => {
    const expected = new Expectation(task, (reception) => {
      clearInterval(watch);
      resolve(reception);
    });
    let before = -1;
    const watch = setInterval(() => {
      if (expected.calls === before)
        reject(new Error(`${String(before)} of ${String(task.calls)} calls came, and no more`));
      before = expected.calls;
    }, patienceMs);
    expectation = expected;
  });
}

serve(async (task: ReceiverTask) => {
  if (task.do === 'listen') {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 4096, resolve));
    return (server.address() as AddressInfo).port;
  }
  return received(task);
});
