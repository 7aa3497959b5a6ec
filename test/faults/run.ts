import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../support/eventually.ts';
import { Ledger } from './billing/ledger.ts';
import { Load } from './billing/load.ts';
import { PersistentBilling } from './billing/persistent-billing.ts';
import { checkAll, type Finding } from './checks/checks.ts';
import { Journal } from './checks/journal.ts';
import type { RunRecord } from './checks/run-record.ts';
import { drain } from './drain.ts';
import { inject, lasting, type FaultKind } from './injection/faults.ts';
import { planOfFaults, type Step } from './injection/plan.ts';
import type { Site } from './injection/site.ts';
import { keepLogs } from './keep-logs.ts';
import { closeSite, openSite } from './opening.ts';
import { SeededRandom } from './random.ts';
import { count } from './report/words.ts';
import type { Scenario } from './scenario.ts';
import { CallLog } from './targets/call-log.ts';

export interface RunOptions {
  readonly scenario: Scenario;
  /** Told what happens, one line at a time. */
  readonly say: (line: string) => void;
  /** Keeps the logs also when every promise was kept. */
  readonly keepLogs?: boolean;
  /** Ends the run before its time; nothing is checked then. */
  readonly signal: AbortSignal;
}

export interface RunResult {
  readonly record: RunRecord;
  readonly findings: readonly Finding[];
  /** How often each fault was injected. */
  readonly injected: ReadonlyMap<FaultKind, number>;
  /** Where the logs are kept; undefined when they are not. */
  readonly logs: string | undefined;
}

/** How many calls there are to be before anything is harmed. */
const warmUpCalls = 50;
const warmUpMs = 60_000;
/** Between two lines about how the load goes. */
const tellEveryMs = 10_000;

/** Puts the product under load, harms it as the seed says, lets it come to rest, and checks its promises. */
export async function runFaults({ scenario, say, signal, keepLogs: always = false }: RunOptions): Promise<RunResult> {
  const random = new SeededRandom(scenario.seed);
  const calls = new CallLog();
  const site = await openSite(scenario, random, calls, say);
  try {
    const ledger = new Ledger();
    const injected = await harmUnderLoad({ scenario, say, signal }, site, random, ledger, calls);
    const journal = new Journal(site.installation);
    await drain(ledger.confirmed, journal, say, signal);
    const record: RunRecord = {
      ledger,
      calls: calls.calls,
      journal: journal.ended,
      disruptions: site.disruptions.all,
      maxAttempts: scenario.maxAttempts,
    };
    const findings = checkAll(record);
    const held = findings.every(({ broken }) => broken.length === 0);
    return { record, findings, injected, logs: held && !always ? undefined : await keepLogs(site, scenario.seed) };
  } finally {
    await closeSite(site);
  }
}

async function harmUnderLoad(
  { scenario, say, signal }: RunOptions,
  site: Site,
  random: SeededRandom,
  ledger: Ledger,
  calls: CallLog,
): Promise<ReadonlyMap<FaultKind, number>> {
  const billing = new PersistentBilling(site.amqpUrls);
  const load = new Load(billing, ledger, { ...scenario, random: random.for('load') });
  const publishing = load.run();
  const status = setInterval(() => {
    say(`  ${count(ledger.confirmed.length)} events confirmed, ${count(calls.calls.length)} calls`);
  }, tellEveryMs);
  try {
    await eventually(() => calls.calls.length >= warmUpCalls || undefined, warmUpMs);
    return await harm({ scenario, say, signal }, site, random.for('faults'));
  } finally {
    clearInterval(status);
    load.stop();
    await publishing;
    await billing.close();
  }
}

/** Carries out the plan until its time is over. Its pauses are part of it: nothing is waited for by them. */
async function harm(
  { scenario, say, signal }: RunOptions,
  site: Site,
  random: SeededRandom,
): Promise<ReadonlyMap<FaultKind, number>> {
  const injected = new Map<FaultKind, number>();
  const meanwhile: Promise<void>[] = [];
  const act = async (kind: FaultKind, { number }: Step) => {
    injected.set(kind, (injected.get(kind) ?? 0) + 1);
    say(await inject(kind, site, random.for(`${kind} ${String(number)}`)));
  };
  const until = scenario.durationMs === undefined ? undefined : performance.now() + scenario.durationMs;
  const roundIsOver = () =>
    [...injected.values()].reduce((sum, times) => sum + times, 0) >= scenario.faults.kinds.length;
  for (const step of planOfFaults(scenario.faults, random.for('plan'))) {
    if (until === undefined ? roundIsOver() : performance.now() > until) break;
    await delay(step.pauseMs, undefined, { signal });
    const acts = Map.groupBy(step.faults, (kind) => lasting.has(kind));
    for (const kind of acts.get(true) ?? []) meanwhile.push(act(kind, step));
    await Promise.all((acts.get(false) ?? []).map((kind) => act(kind, step)));
  }
  await Promise.all(meanwhile);
  return injected;
}
