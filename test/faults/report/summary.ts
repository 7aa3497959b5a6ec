import { inFlight, oldestLost, repeatsIn } from '../checks/repeats.ts';
import type { Injected } from '../harm.ts';
import type { RunResult } from '../run.ts';
import { succeeded } from '../targets/call-log.ts';
import { longestStandstill } from './standstill.ts';
import { count, seconds } from './words.ts';

/** How many of the lines that break a promise are shown. */
const shown = 10;

/** What the run came to: what was done, and for each promise how often it was broken. */
export function summary({ record, findings, logs }: RunResult, injected: Injected = new Map()): string {
  const { ledger, calls, journal } = record;
  const confirmed = ledger.confirmed;
  const ended = [...journal.values()];
  const executions = ended.flatMap((event) => event.executions);
  const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
  const done: [string, number][] = [
    ['events confirmed', confirmed.length],
    ['  published again after a lost confirm', sum(confirmed.map(({ publishedAgain }) => publishedAgain))],
    ['  published twice on purpose', sum(confirmed.map(({ publishedTwice }) => publishedTwice))],
    ['  succeeded', ended.filter(({ status }) => status === 'succeeded').length],
    ['  failed, with their attempts used up', ended.filter(({ status }) => status === 'failed').length],
    ['executions', executions.length],
    ['calls', calls.length],
    ['  that did not succeed', calls.filter((call) => !succeeded(call)).length],
    ['  repeated after a success', repeatsIn(calls).length],
    ['    of so many answers that may have been in flight', inFlight(record)],
    ['    the oldest so many ms before its fault', Math.round(oldestLost(record))],
  ];
  const promises = findings.map(({ promise, broken }): [string, number] => [promise, broken.length]);
  const standstill = `the longest time without a call was ${seconds(longestStandstill(calls))}`;
  return [
    ...table('faults', [...injected]),
    ...table('what was done', done),
    ...[standstill, ''],
    ...table('promises broken', promises),
    ...findings.flatMap(({ promise, broken }) => details(promise, broken)),
    ...(logs === undefined ? [] : [`logs are kept in ${logs}`, '']),
  ].join('\n');
}

function table(title: string, rows: readonly (readonly [string, number])[]): string[] {
  if (rows.length === 0) return [];
  return [title, ...rows.map(([name, number]) => `  ${name.padEnd(50)}${count(number).padStart(10)}`), ''];
}

function details(promise: string, broken: readonly string[]): string[] {
  if (broken.length === 0) return [];
  const more = broken.length > shown ? [`  … and ${count(broken.length - shown)} more`] : [];
  return [`${promise}:`, ...broken.slice(0, shown).map((line) => `  ${line}`), ...more, ''];
}
