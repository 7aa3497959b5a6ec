import { text } from 'node:stream/consumers';
import { eventIn } from '../events/cloud-event.ts';
import type { DeliveredEvent } from '../events/delivered-event.ts';
import { PermanentFailure, RetryLater } from '../handler/failures.ts';
import type { ScriptWork } from './script-call.ts';

/** Provisor does not retry sysexits, except 75. */
const exitCodes = { dataError: 65, tryAgain: 75, other: 1 } as const;

/**
 * A script of mode `once`: reads the event, does the work, and sets the exit code that says whether to retry. The
 * journal keeps stdout and stderr.
 */
export async function runOnce(work: ScriptWork): Promise<void> {
  try {
    const read = await text(process.stdin);
    const event = eventIn(JSON.parse(read) as DeliveredEvent);
    const {
      PROVISOR_EXECUTION_ID: executionId = '',
      PROVISOR_ATTEMPT: attempt = '1',
      TRACEPARENT: traceparent,
    } = process.env;
    await work(event, {
      executionId,
      attempt: Number(attempt),
      text: read,
      ...(traceparent !== undefined && { traceparent }),
    });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = exitCodeOf(error);
  }
}

function exitCodeOf(error: unknown): number {
  if (error instanceof PermanentFailure || error instanceof SyntaxError) return exitCodes.dataError;
  return error instanceof RetryLater ? exitCodes.tryAgain : exitCodes.other;
}
