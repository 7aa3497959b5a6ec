import { maxAttempts, planOf, type CastHandler } from '../cast.ts';
import type { LedgerEvent } from '../billing/ledger.ts';
import type { JournaledEvent, JournaledExecution } from './journal.ts';
import type { RunRecord } from './run-record.ts';

/** Every event that has ended ran every handler of its plan to a success, or says why not. */
export function wholePlan({ ledger, journal }: RunRecord): string[] {
  return ledger.confirmed.flatMap((event) => {
    const journaled = journal.get(event.id);
    return journaled ? [...faultsOf(event, journaled)].map((fault) => `${event.id}: ${fault}`) : [];
  });
}

function* faultsOf({ type }: LedgerEvent, { status, executions }: JournaledEvent) {
  const plan = planOf(type);
  const names = plan.map(({ name }) => name);
  const ran = executions.map(({ handlerName }) => handlerName);
  if (names.join() !== ran.join()) yield `ran ${ran.join(', ')} instead of ${names.join(', ')}`;

  const failed = executions.some((execution) => execution.status === 'failed');
  if (status !== (failed ? 'failed' : 'succeeded')) yield `is ${status} although ${failed ? 'one' : 'none'} failed`;

  let stopped = false;
  for (const handler of plan) {
    const execution = executions.find(({ handlerName }) => handlerName === handler.name);
    if (!execution) continue;
    const fault = faultOf(execution, stopped);
    if (fault !== undefined) yield `${handler.name} ${fault}`;
    stopped ||= stops(handler, execution);
  }
}

function stops({ onFailure }: CastHandler, { status }: JournaledExecution): boolean {
  return status === 'failed' && onFailure === 'stop';
}

function faultOf({ status, attempts }: JournaledExecution, stopped: boolean): string | undefined {
  if (stopped) return status === 'skipped' ? undefined : `is ${status} although one before it failed`;
  // What was taken back is not counted; a redelivery may have made one of them twice.
  const made = new Set(attempts.filter(({ reason }) => reason !== 'aborted').map(({ number }) => number)).size;
  if (made > maxAttempts) return `was tried ${String(made)} times instead of ${String(maxAttempts)}`;
  if (status === 'succeeded') return undefined;
  if (status !== 'failed') return `is ${status}`;
  if (attempts.at(-1)?.outcome === 'permanent') return undefined;
  return made === maxAttempts ? undefined : `failed after ${String(made)} attempts of ${String(maxAttempts)}`;
}
