import type { DataSource } from 'typeorm';
import { lowestIdAt } from '#contracts';
import { report } from '#orm';
import type { Sample } from './percentiles.ts';
import { idBounds, type Window } from './window.ts';

/**
 * Of each the first calls are looked at: a few thousand in all, which is every one of a small journal, and near enough
 * for a large one.
 */
const slotsPerWindow = 200;
const callsPerSlot = 25;

/**
 * How long calls took in a window, milliseconds: a sample, spread evenly over the window, in which each part of the
 * window has the weight of its calls.
 *
 * @param calls How many there were in each part.
 * @returns The samples of each part.
 */
export async function sampleDurations(
  dataSource: DataSource,
  window: Window,
  calls: readonly number[],
): Promise<Sample[][]> {
  const slotMs = window.bucketMs / Math.ceil(slotsPerWindow / window.starts.length);
  const [from, to] = [window.starts[0]!, window.end];
  const slots = Array.from({ length: (to - from) / slotMs }, (_, index) => from + index * slotMs);
  const [, first, end] = idBounds(window);
  const rows = await report<{ bucket: number; duration_ms: number }[]>(
    dataSource,
    `select bucket, duration_ms from unnest($1::integer[], $2::uuid[], $3::uuid[]) as slot (bucket, first, next)
     cross join lateral (
       select duration_ms from attempts
       where id >= slot.first and id < slot.next and id >= $4 and id < $5 and counted and not test
       order by id limit ${callsPerSlot}
     ) as sample`,
    [
      slots.map((start) => Math.floor((start - from) / window.bucketMs)),
      slots.map(lowestIdAt),
      slots.map((start) => lowestIdAt(start + slotMs)),
      first,
      end,
    ],
  );
  const taken = Map.groupBy(rows, ({ bucket }) => bucket);
  return window.starts.map((_, bucket) => {
    const part = taken.get(bucket) ?? [];
    return part.map(({ duration_ms }) => ({ value: duration_ms, weight: (calls[bucket] ?? 0) / part.length }));
  });
}
