/** A call, in milliseconds since 1970. */
export interface Call {
  readonly begin: number;
  readonly end: number;
}

/** A wait that is drawn shorter than it was. */
export interface Cut {
  readonly begin: number;
  readonly end: number;
}

export interface TimeScale {
  /** Where a moment lies, from 0 to 1; moments between calls too. */
  readonly at: (moment: number) => number;
  readonly cuts: readonly Cut[];
}

/** All waits together take no more room than this part of what the calls take. */
const mostOfWaits = 0.6;
/** And one of them no more than this. */
const mostOfOneWait = 0.15;

/**
 * A scale of time on which calls of milliseconds and waits of hours are both visible: where something is called, it
 * is even; where all wait, it is cut short.
 */
export function timeScale(calls: readonly Call[]): TimeScale {
  const busy = merged(calls);
  const gaps = busy.slice(1).map(({ begin }, index) => ({ begin: busy[index]!.end, end: begin }));
  const busyLength = Math.max(1, sum(busy.map(lengthOf)));
  const longest = busyLength * Math.min(mostOfOneWait, mostOfWaits / Math.max(1, gaps.length));
  const stretches = [
    ...busy.map((call) => ({ ...call, drawn: lengthOf(call) })),
    ...gaps.map((gap) => ({ ...gap, drawn: Math.min(lengthOf(gap), longest) })),
  ].sort((one, other) => one.begin - other.begin || one.end - other.end);
  const total = Math.max(1, sum(stretches.map(({ drawn }) => drawn)));
  return {
    at: (moment) => {
      let before = 0;
      for (const { begin, end, drawn } of stretches) {
        if (moment >= end) before += drawn;
        else if (moment > begin) before += (drawn * (moment - begin)) / (end - begin);
      }
      return before / total;
    },
    cuts: gaps.filter((gap) => lengthOf(gap) > longest),
  };
}

/** Stretches in which at least one call was in flight. */
function merged(calls: readonly Call[]): Call[] {
  const stretches: { begin: number; end: number }[] = [];
  for (const { begin, end } of [...calls].sort((one, other) => one.begin - other.begin)) {
    const last = stretches.at(-1);
    if (last && begin <= last.end) last.end = Math.max(last.end, end);
    else stretches.push({ begin, end });
  }
  return stretches;
}

function lengthOf({ begin, end }: Call): number {
  return end - begin;
}

function sum(lengths: readonly number[]): number {
  return lengths.reduce((total, length) => total + length, 0);
}
