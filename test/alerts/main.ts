// Breaks a real stack under a real Prometheus, and looks whether the alerts fire: `npm run alerts:check`, for all
// faults, or for those whose name has a text: `npm run alerts:check -- executors`. Takes minutes, so it is no part of
// `npm test`.
import { eventually } from '../support/eventually.ts';
import { faults, notHere, type Fault } from './faults.ts';
import { hastenedRules } from './hastened-rules.ts';
import { Prometheus } from './prometheus.ts';
import { Stage } from './stage.ts';

const patienceMs = 90_000;
const calmMs = 8_000;
const log = (line: string) => void process.stdout.write(`${line}\n`);

/** @param part Of the names of the faults that are wanted. */
async function main(part = ''): Promise<number> {
  const { text, alerts } = await hastenedRules();
  await using stage = await Stage.open();
  await using prometheus = await Prometheus.start(text, stage.targets);
  if (!prometheus) {
    log('the alerts are not checked: that needs prometheus (package prometheus)');
    return 0;
  }
  // What rules miss before the first scrape is missed no more.
  await eventually(async () => ((await prometheus.firing()).size === 0 ? true : undefined), patienceMs);
  const early = await firingWithin(prometheus, calmMs);
  const failures = early.size > 0 ? [`fires although all is well: ${[...early].join(', ')}`] : [];
  for (const fault of faults.filter(({ name }) => name.includes(part)))
    failures.push(...(await check(fault, stage, prometheus)));
  const tried = new Set([...faults.flatMap((fault) => fault.alerts), ...notHere]);
  for (const alert of alerts) if (!tried.has(alert)) failures.push(`${alert}: no fault makes it fire`);
  for (const failure of failures) log(`FAILED ${failure}`);
  return failures.length === 0 ? 0 : 1;
}

async function check(fault: Fault, stage: Stage, prometheus: Prometheus): Promise<string[]> {
  const begunAt = performance.now();
  const missing = new Set(fault.alerts);
  await fault.begin(stage, prometheus);
  try {
    await eventually(async () => {
      for (const alert of await prometheus.firing()) missing.delete(alert);
      return missing.size === 0 ? true : undefined;
    }, patienceMs);
    const seconds = Math.round((performance.now() - begunAt) / 1_000);
    log(`${fault.name}: ${fault.alerts.join(', ')} after ${String(seconds)} s`);
    return [];
  } catch {
    return [`${fault.name}: ${[...missing].join(', ')} did not fire`];
  } finally {
    await fault.end?.(stage, prometheus);
  }
}

/** Whatever fires within a time. */
async function firingWithin(prometheus: Prometheus, milliseconds: number): Promise<Set<string>> {
  const seen = new Set<string>();
  const until = performance.now() + milliseconds;
  await eventually(async () => {
    for (const alert of await prometheus.firing()) seen.add(alert);
    return performance.now() > until ? true : undefined;
  }, 2 * milliseconds);
  return seen;
}

process.exit(await main(process.argv[2]));
