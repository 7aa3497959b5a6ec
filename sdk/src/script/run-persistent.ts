import { Console } from 'node:console';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { eventIn } from '../events/cloud-event.ts';
import type { DeliveredEvent } from '../events/delivered-event.ts';
import { PermanentFailure } from '../handler/failures.ts';
import type { ScriptWork } from './script-call.ts';

interface Line extends DeliveredEvent {
  execution_id: string;
  attempt: number;
  traceparent?: string;
  cloudevent?: DeliveredEvent;
}

interface Answer {
  execution_id: string;
  ok: boolean;
  retry?: boolean;
  error?: string;
}

/**
 * A script of mode `persistent`: reads one event a line, and writes a line for each before it reads the next.
 * Resolves when Provisor closes stdin. Only responses may go to stdout, so `console.log` and the like write to stderr
 * meanwhile.
 */
export async function runPersistent(work: ScriptWork): Promise<void> {
  const answers = process.stdout;
  const before = globalThis.console;
  globalThis.console = new Console(process.stderr, process.stderr);
  try {
    for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
      const answer = await answerTo(line, work);
      if (!answers.write(`${JSON.stringify(answer)}\n`)) await once(answers, 'drain');
    }
  } finally {
    globalThis.console = before;
  }
}

async function answerTo(text: string, work: ScriptWork): Promise<Answer> {
  const { execution_id, attempt, traceparent, cloudevent, ...event } = JSON.parse(text) as Line;
  const call = { executionId: execution_id, attempt, text, ...(traceparent !== undefined && { traceparent }) };
  try {
    await work(eventIn(cloudevent ?? event), call);
    return { execution_id, ok: true };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { execution_id, ok: false, retry: !(error instanceof PermanentFailure), error: message };
  }
}
