/** About how many lines a chart has behind it. */
const wantedTicks = 3;

/**
 * Values at which a scale from 0 is marked: round ones, in even steps, the last at the greatest value or above it.
 *
 * @param greatest Of what is drawn.
 * @param leastStep 1 where there are no parts of one.
 */
export function ticksUpTo(greatest: number, leastStep = 0): number[] {
  const rough = Math.max(greatest / wantedTicks, leastStep, Number.MIN_VALUE);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough * 0.999)!;
  const count = Math.max(1, Math.ceil(greatest / step - 1e-9));
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

const minutesApart = [1, 5, 10, 15, 30, 60, 180, 360, 720, 1_440];

/**
 * Which of some moments are written below a chart: those at round times of the viewer's clock, no more than there is
 * room for.
 *
 * @param moments In even steps.
 * @param most How many there is room for.
 * @returns Their places.
 */
export function labelledPlaces(moments: readonly Date[], most: number): number[] {
  const [first, last] = [moments[0], moments.at(-1)];
  if (!first || !last) return [];
  const span = (last.getTime() - first.getTime()) / 60_000;
  const apart = minutesApart.find((minutes) => span / minutes <= most) ?? minutesApart.at(-1)!;
  return [...moments.keys()].filter((place) => {
    const moment = moments[place]!;
    return (moment.getHours() * 60 + moment.getMinutes()) % apart === 0;
  });
}
