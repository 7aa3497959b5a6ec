import { median, type Figure } from '../figure.ts';

/** A ratio and what is known of how much it varies. */
export interface NoisyRatio {
  readonly ratio: number;
  /** Standard error of the median, as a share of it; undefined with fewer than two turns. */
  readonly error: number | undefined;
  readonly turns: number;
}

/** How much wider a median of normally distributed values varies than their mean: the root of π/2. */
const medianOverMean = Math.sqrt(Math.PI / 2);

/**
 * The ratio of each turn, and their median. Ours and reference of one turn were measured one after the other, so what
 * else the machine did in that time is in both, and hardly in their ratio.
 *
 * @throws {RangeError} When the figure has no reference, or not one run of it for each of ours.
 */
export function noisyRatio({ name, ours, reference }: Figure): NoisyRatio {
  if (ours.runs.length !== reference?.runs.length || ours.runs.length === 0) {
    throw new RangeError(`${name}: a guarded figure needs a run of its reference for each of its own`);
  }
  const ratios = ours.runs.map((run, turn) => run / reference.runs[turn]!);
  return { ratio: median(ratios), error: errorOfMedian(ratios), turns: ratios.length };
}

/** By logarithms: twice as fast and half as fast are equally far from the middle. */
function errorOfMedian(ratios: readonly number[]): number | undefined {
  if (ratios.length < 2) return undefined;
  const logarithms = ratios.map(Math.log);
  const mean = logarithms.reduce((sum, value) => sum + value, 0) / logarithms.length;
  const squares = logarithms.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / (logarithms.length - 1));
  return (medianOverMean * deviation) / Math.sqrt(logarithms.length);
}
