import { expect, test } from '@jest/globals';
import { inFlight, repeatsIn } from './checks/repeats.ts';
import { summary } from './report/summary.ts';
import { count } from './report/words.ts';
import { runFaults } from './run.ts';
import { shortScenario } from './scenario.ts';

/** `npm run test:faults` tries others, and for longer. */
const seeds = [20_261_124];

test.each(seeds)(
  'killed executors, brokers and databases lose nothing and let nothing overtake (seed %i)',
  async (seed) => {
    const said: string[] = [];
    const { signal } = new AbortController();
    const result = await runFaults({ scenario: shortScenario(seed), say: (line) => said.push(line), signal });
    const { record, findings } = result;
    const broken = findings.flatMap((finding) => finding.broken);
    if (broken.length > 0) process.stdout.write(`${said.join('\n')}\n${summary(result)}\n`);
    expect(broken).toEqual([]);
    const confirmed = record.ledger.confirmed.length;
    expect(confirmed).toBeGreaterThan(500);
    process.stdout.write(
      `seed ${String(seed)}: ${count(confirmed)} confirmed events, 0 lost, 0 overtaken; ${count(repeatsIn(record.calls).length)} of ` +
        `${count(record.calls.length)} calls repeated, of ${count(inFlight(record))} answers in flight at a fault\n`,
    );
  },
  180_000,
);
