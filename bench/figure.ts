/** What was measured once for each run. */
export interface Series {
  readonly name: string;
  readonly runs: readonly number[];
}

/** What the ratio of ours to the reference is to be, by the targets of the project. */
export type Target = { readonly atLeast: number } | { readonly atMost: number };

/** One figure beside its reference, measured in turns: ours, reference, ours, reference, … */
export interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly ours: Series;
  readonly reference?: Series;
  readonly target?: Target;
  /** What ours is to be no more than, where there is nothing to compare it with. */
  readonly limit?: number;
  /** Set where the ratio is watched by the guard: which way is the better one. */
  readonly guarded?: 'higher' | 'lower';
}

/** What could not be measured here. A wrong figure would be worse than none. */
export interface LeftOut {
  readonly name: string;
  /** For people: why, and what would have to be there. */
  readonly leftOut: string;
}

export type Finding = Figure | LeftOut;

export function isFigure(finding: Finding): finding is Figure {
  return 'ours' in finding;
}

/** The middle of the runs; of two middles the mean. */
export function median(runs: readonly number[]): number {
  const sorted = runs.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Median of ours through median of the reference; undefined without one. */
export function ratio({ ours, reference }: Pick<Figure, 'ours' | 'reference'>): number | undefined {
  return reference && median(ours.runs) / median(reference.runs);
}

/** Whether the target is met; undefined when there is none. */
export function isMet(figure: Figure): boolean | undefined {
  const reached = ratio(figure);
  if (figure.limit !== undefined) return median(figure.ours.runs) <= figure.limit;
  if (!figure.target || reached === undefined) return undefined;
  return 'atLeast' in figure.target ? reached >= figure.target.atLeast : reached <= figure.target.atMost;
}
