import type { Series } from '../figure.ts';

/** Measures two things in turns, so that what else the machine does meets both alike. */
export async function inTurns(
  times: number,
  ours: { name: string; measure: () => Promise<number> },
  reference: { name: string; measure: () => Promise<number> },
): Promise<{ ours: Series; reference: Series }> {
  const runs = { ours: [] as number[], reference: [] as number[] };
  for (let time = 0; time < times; time++) {
    runs.ours.push(await ours.measure());
    runs.reference.push(await reference.measure());
  }
  return { ours: { name: ours.name, runs: runs.ours }, reference: { name: reference.name, runs: runs.reference } };
}
