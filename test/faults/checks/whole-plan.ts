import { planOf, type CastHandler } from '../cast.ts';
import type { LedgerEvent } from '../billing/ledger.ts';
import type { JournaledEvent, JournaledExecution } from './journal.ts';
import type { RunRecord } from './run-record.ts';

/** Every event that has ended ran every handler of its plan to a success, or says why not. */
export function wholePlan({ ledger, journal, maxAttempts }: RunRecord): string[] {
  return ledger.confirmed.flatMap((event) => {
    const journaled = journal.get(event.id);
    return journaled ? [...faultsOf(event, journaled, maxAttempts)].map((fault) => `${event.id}: ${fault}`) : [];
  });
}

function* faultsOf({ type }: LedgerEvent, { status, executions }: JournaledEvent, maxAttempts: number) {
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
    const fault = faultOf(execution, stopped, maxAttempts);
    if (fault !== undefined) yield `${handler.name} ${fault}`;
    stopped ||= stops(handler, execution);
  }
}

function stops({ onFailure }: CastHandler, { status }: JournaledExecution): boolean {
  return status === 'failed' && onFailure === 'stop';
}

function faultOf({ status, attempts }: JournaledExecution, stopped: boolean, maxAttempts: number): string | undefined {
  if (stopped) return status === 'skipped' ? undefined : `is ${status} although one before it failed`;
  if (status === 'succeeded') return undefined;
  if (status !== 'failed') return `is ${status}`;
  if (attempts.at(-1)?.outcome === 'permanent') return undefined;
  const counted = attempts.filter(({ reason }) => reason !== 'aborted').length;
  return counted >= maxAttempts ? undefined : `failed after ${String(counted)} attempts of ${String(maxAttempts)}`;
}
