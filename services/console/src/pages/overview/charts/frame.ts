export const plotHeight = 168;
/** Room for the marks on the left, for the times below, and above for half a line of the topmost mark. */
const left = 56;
const below = 22;
const above = 8;

/** Where what is drawn comes to lie, in pixels. */
export interface Frame {
  readonly width: number;
  readonly left: number;
  readonly bottom: number;
  /** Width of a part. */
  readonly band: number;
  /** Where a part begins. */
  x: (place: number) => number;
  /** The middle of a part. */
  middle: (place: number) => number;
  y: (value: number) => number;
  /** The part that a distance from the left edge is in. */
  placeAt: (x: number) => number;
}

/**
 * @param parts How many parts there are side by side.
 * @param top The value at the upper edge.
 */
export function frameOf(width: number, parts: number, top: number): Frame {
  const band = Math.max(0, width - left) / parts;
  const bottom = plotHeight - below;
  return {
    width,
    left,
    bottom,
    band,
    x: (place) => left + place * band,
    middle: (place) => left + (place + 0.5) * band,
    y: (value) => bottom - (value / top) * (bottom - above),
    placeAt: (x) => Math.min(parts - 1, Math.max(0, Math.floor((x - left) / band))),
  };
}
