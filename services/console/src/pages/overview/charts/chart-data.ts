/** What a chart draws of each part of its time. */
export interface Series {
  name: string;
  /** The variable that its colour is kept in. */
  colour: string;
  /** Told from others by more than its colour. */
  isDashed?: boolean;
  /** By the parts; null where there is nothing to say. */
  values: readonly (number | null)[];
}

export interface ChartData {
  /** When each part begins. */
  starts: readonly Date[];
  partSeconds: number;
  series: readonly Series[];
  /** A value for people: `12`, `1.25 s`. */
  format: (value: number) => string;
}

const clock = new Intl.DateTimeFormat('sv-SE', { hour: '2-digit', minute: '2-digit' });

export function clockTime(moment: Date): string {
  return clock.format(moment);
}

/** A part of the time in words; of the last it is said that it goes on. */
export function partInWords({ starts, partSeconds }: ChartData, place: number): string {
  const start = starts[place]!;
  const end = new Date(start.getTime() + partSeconds * 1_000);
  return `${clockTime(start)}–${place === starts.length - 1 ? 'now' : clockTime(end)}`;
}

/** All values of a part in words, for those who hear them. */
export function valuesInWords(data: ChartData, place: number): string {
  const values = data.series.map((series) => `${series.name} ${valueInWords(data, series, place)}`);
  return `${partInWords(data, place)}: ${values.join(', ')}`;
}

export function valueInWords({ format }: ChartData, { values }: Series, place: number): string {
  const value = values[place];
  return value === null || value === undefined ? 'none' : format(value);
}
