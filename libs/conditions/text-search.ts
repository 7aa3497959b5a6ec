/**
 * Where a text stands within another, in UTF-16 units; -1 when it does not. `String.prototype.indexOf` takes time of
 * the product of the lengths in the worst case (`lastIndexOf` always tries each place from its start), so that long
 * texts are searched by Knuth, Morris and Pratt, in time of their sum.
 */
export interface TextSearch {
  /** In units of work: comparisons of native code, a few of which take a nanosecond. */
  readonly steps: number;
  /** @param from Forward: the first place that counts. Backward: the last one. */
  run(from: number): number;
}

/** A native comparison is about so much cheaper than a step of our own. */
const nativePerStep = 64;
const ownPerStep = 4;

export type Direction = 'forward' | 'backward';

/** The cheaper way to search, with its price. */
export function textSearch(text: string, wanted: string, direction: Direction): TextSearch {
  if (wanted.length > text.length) return { steps: 0, run: () => -1 };
  const native = (text.length * Math.max(wanted.length, 1)) / nativePerStep;
  const own = (text.length + wanted.length) / ownPerStep;
  if (native <= own) {
    const run = (from: number) =>
      direction === 'forward' ? text.indexOf(wanted, from) : text.lastIndexOf(wanted, from);
    return { steps: native, run };
  }
  return {
    steps: own,
    run: (from) => (direction === 'forward' ? search(text, wanted, from) : searchBack(text, wanted, from)),
  };
}

function search(text: string, wanted: string, from: number): number {
  const borders = bordersOf(wanted.length, (i) => wanted.charCodeAt(i));
  let matched = 0;
  for (let i = from; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    while (matched > 0 && wanted.charCodeAt(matched) !== unit) matched = borders[matched - 1]!;
    if (wanted.charCodeAt(matched) === unit) matched++;
    if (matched === wanted.length) return i - wanted.length + 1;
  }
  return -1;
}

/** The same from the end: both texts are read backward. */
function searchBack(text: string, wanted: string, from: number): number {
  const last = wanted.length - 1;
  const borders = bordersOf(wanted.length, (i) => wanted.charCodeAt(last - i));
  let matched = 0;
  for (let i = Math.min(from + last, text.length - 1); i >= 0; i--) {
    const unit = text.charCodeAt(i);
    while (matched > 0 && wanted.charCodeAt(last - matched) !== unit) matched = borders[matched - 1]!;
    if (wanted.charCodeAt(last - matched) === unit) matched++;
    if (matched === wanted.length) return i;
  }
  return -1;
}

/** Of each beginning: how long its longest proper beginning is that is its end as well. */
function bordersOf(length: number, unitAt: (i: number) => number): Int32Array {
  const borders = new Int32Array(length);
  let border = 0;
  for (let i = 1; i < length; i++) {
    const unit = unitAt(i);
    while (border > 0 && unitAt(border) !== unit) border = borders[border - 1]!;
    if (unitAt(border) === unit) border++;
    borders[i] = border;
  }
  return borders;
}
