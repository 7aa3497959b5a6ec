export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

/** Hours that repeat every week, by the clocks of a time zone. */
export interface HoldWindow {
  /** The days on which it begins. */
  days: Weekday[];
  /** `02:00`. */
  from: string;
  /** `04:00`, or `24:00`. Not later than `from`: on the next day. */
  to: string;
  /** A name such as `Europe/Berlin`. */
  timeZone: string;
}

/** What a person has said about not calling something. Times are ISO 8601. */
export interface Hold {
  reason: string;
  /** Null: until a person releases it. */
  until: string | null;
  /** When it was held. */
  since: string;
  /** Name of the API key or person that holds it. */
  by: string;
}

/** What can be held: while it is, nothing of it is called, and its events wait. */
export interface Holdable {
  hold: Hold | null;
  windows: HoldWindow[];
  /** How many events a second continue at the end of a hold, at most, on all executors together. */
  releasePerSecond: number;
}

/** The bounds of what is said of holds; more is refused with 400. Lengths are characters. */
export const holdLimits = {
  reasonLength: 500,
  windows: 20,
  releasePerSecond: { min: 0.1, max: 100_000 },
} as const;

/** As operations without a pace of their own. */
export const usualReleasePerSecond = 250;
