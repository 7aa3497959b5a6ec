import { readFile } from 'node:fs/promises';
import type { Figure } from '../figure.ts';
import { MeasurementError } from '../bench-error.ts';
import { streamOf, type Load, type Stand } from '../stand/stand.ts';

/** How often memory is looked at under load, milliseconds. */
const lookEveryMs = 250;

/** Resident memory of an executor: at rest, at its highest under load, and at its highest with a long queue before it. */
export async function memory(stand: Stand): Promise<Figure[]> {
  await stand.haveHandlers([{}]);
  const queued = stand.quick ? 50_000 : 1_000_000;
  stand.say(`memory: ${queued.toLocaleString('en')} events`);
  const few = await highest(stand, { events: 10_000, keys: 1_000, bytes: 500 });
  const many = await highest(stand, { events: queued, keys: 1_000, bytes: 500 });
  const figure = (name: string, value: number): Figure => {
    return { name, unit: 'MB', ours: { name: 'executor', runs: [value] } };
  };
  return [
    figure('at rest', few.atRest),
    figure('highest, 10,000 events', few.highest),
    {
      ...figure(`highest, ${queued.toLocaleString('en')} events`, many.highest),
      reference: { name: 'with 10,000', runs: [few.highest] },
    },
  ];
}

async function highest(stand: Stand, load: Load): Promise<{ atRest: number; highest: number }> {
  const stream = streamOf(load);
  return stand.withExecutors(1, {}, async (start) => {
    let most = 0;
    let atRest = 0;
    let looking: NodeJS.Timeout | undefined;
    await stand.publish(stream, undefined, async () => {
      const [executor] = await start();
      const { pid } = executor!.process;
      atRest = await residentMb(pid);
      looking = setInterval(() => void residentMb(pid).then((now) => (most = Math.max(most, now))), lookEveryMs);
    });
    try {
      await stand.journaled(stream, load.events, load.events);
    } finally {
      clearInterval(looking);
    }
    return { atRest, highest: most };
  });
}

async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8').catch(() => '');
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  if (kilobytes === undefined)
    throw new MeasurementError('memory can be measured on Linux only, of a process that runs');
  return Number(kilobytes) / 1_024;
}
