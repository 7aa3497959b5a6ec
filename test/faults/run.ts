import { eventually } from '../support/eventually.ts';
import { Ledger } from './billing/ledger.ts';
import { Load } from './billing/load.ts';
import { PersistentBilling } from './billing/persistent-billing.ts';
import { checkAll, type Finding } from './checks/checks.ts';
import { Journal } from './checks/journal.ts';
import type { RunRecord } from './checks/run-record.ts';
import { drain } from './drain.ts';
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

/** A product under load. */
export interface Scene {
  readonly site: Site;
  /** For what is left to chance. */
  readonly random: SeededRandom;
  readonly ledger: Ledger;
  readonly calls: CallLog;
}

export interface RunResult {
  readonly record: RunRecord;
  readonly findings: readonly Finding[];
  /** Where the logs are kept; undefined when they are not. */
  readonly logs: string | undefined;
}

/** How many calls there are to be before anything is harmed. */
const warmUpCalls = 50;
const warmUpMs = 60_000;
/** Between two lines about how the load goes. */
const tellEveryMs = 10_000;

/** Puts the product under load, lets it be harmed, lets it come to rest, and checks its promises. */
export async function runUnderLoad(options: RunOptions, harm: (scene: Scene) => Promise<void>): Promise<RunResult> {
  const { scenario, say, signal, keepLogs: always = false } = options;
  const random = new SeededRandom(scenario.seed);
  const calls = new CallLog();
  const site = await openSite(scenario, random, calls, say);
  try {
    const scene: Scene = { site, random, ledger: new Ledger(), calls };
    await publishDuring(options, scene, () => harm(scene));
    const record = await recordOf(options, scene);
    signal.throwIfAborted();
    const findings = checkAll(record);
    const held = findings.every(({ broken }) => broken.length === 0);
    return { record, findings, logs: held && !always ? undefined : await keepLogs(site, scenario.seed) };
  } catch (error) {
    if (!signal.aborted) say(`the run broke off; logs are kept in ${await keepLogs(site, scenario.seed)}`);
    throw error;
  } finally {
    await closeSite(site);
  }
}

async function publishDuring({ scenario, say }: RunOptions, scene: Scene, harm: () => Promise<void>): Promise<void> {
  const { site, random, ledger, calls } = scene;
  const billing = new PersistentBilling(site.amqpUrls);
  const load = new Load(billing, ledger, { ...scenario, random: random.for('load') });
  const publishing = load.run();
  const status = setInterval(() => {
    say(`  ${count(ledger.confirmed.length)} events confirmed, ${count(calls.calls.length)} calls`);
  }, tellEveryMs);
  try {
    await eventually(() => calls.calls.length >= warmUpCalls || undefined, warmUpMs);
    await harm();
  } finally {
    clearInterval(status);
    load.stop();
    await publishing;
    await billing.close();
  }
}

/** Waits until all that was confirmed has ended, and puts together what is known. */
async function recordOf({ say, signal }: RunOptions, { site, ledger, calls }: Scene): Promise<RunRecord> {
  const journal = new Journal(site.installation);
  await drain(ledger.confirmed, journal, say, signal);
  say('reading the journal');
  const waiting = await journal.waitingKeys();
  const { all: disruptions } = site.disruptions;
  return { ledger, calls: calls.calls, journal: await journal.read(), waiting, disruptions };
}
