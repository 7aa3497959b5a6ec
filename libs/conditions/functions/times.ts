import { readDateTime } from '#contracts';
import { timestampAt } from '../arithmetic.ts';
import type { Meter } from '../scope.ts';
import { Duration, Fault, Timestamp, type Value } from '../values.ts';
import { forKinds, type FunctionRule } from './rule.ts';
import { readDuration } from './time-texts.ts';
import { localTime } from './time-zones.ts';

/**
 * What a time says in UTC, or of a place. Months and days of the year begin with 0, and days of the week with Sunday,
 * as CEL has them.
 */
const parts: Readonly<Record<string, (time: Date) => number>> = {
  getFullYear: (time) => time.getUTCFullYear(),
  getMonth: (time) => time.getUTCMonth(),
  getDate: (time) => time.getUTCDate(),
  getDayOfMonth: (time) => time.getUTCDate() - 1,
  getDayOfWeek: (time) => time.getUTCDay(),
  getDayOfYear: (time) => {
    const year = new Date(time);
    return Math.floor((time.getTime() - year.setUTCMonth(0, 1)) / 86_400_000);
  },
  getHours: (time) => time.getUTCHours(),
  getMinutes: (time) => time.getUTCMinutes(),
  getSeconds: (time) => time.getUTCSeconds(),
  getMilliseconds: (time) => time.getUTCMilliseconds(),
};

const durationUnits: Readonly<Record<string, bigint>> = {
  getHours: 3_600_000_000_000n,
  getMinutes: 60_000_000_000n,
  getSeconds: 1_000_000_000n,
  getMilliseconds: 1_000_000n,
};

/** To make a Date, or to read the text of a time. */
const timeSteps = 25;

/** Longer than any time needs to be. */
const longestTime = 100;

export const times: readonly FunctionRule[] = [
  ...forKinds('timestamp', 'timestamp', {
    timestamp: (value) => value,
    string: (value, meter) => timestampIn(value as string, meter),
    int: (value) => timestampAt((value as bigint) * 1_000_000_000n),
  }),
  ...forKinds('duration', 'duration', {
    duration: (value) => value,
    string: (value, meter) => {
      meter.steps(timeSteps + Math.min((value as string).length, longestTime));
      return readDuration(value as string);
    },
  }),
  ...Object.entries(parts).flatMap(([name, part]) => partRules(name, part)),
  ...Object.entries(durationUnits).map(([name, unit]): FunctionRule => ({
    name,
    style: 'method',
    takes: ['duration'],
    gives: 'int',
    run: ([value]) => (value as Duration).nanoseconds / unit,
  })),
];

function timestampIn(text: string, meter: Meter): Value | Fault {
  meter.steps(timeSteps);
  if (text.length > longestTime) return new Fault('timestamp() takes a string like 2026-03-01T09:15:00Z');
  const time = readDateTime(text);
  if (typeof time === 'string') return new Fault(`timestamp() takes a string that ${time}`);
  return new Timestamp(BigInt(time.milliseconds) * 1_000_000n + BigInt(time.nanoseconds));
}

function partRules(name: string, part: (time: Date) => number): FunctionRule[] {
  return [
    {
      name,
      style: 'method',
      takes: ['timestamp'],
      gives: 'int',
      run: ([value], meter) => {
        meter.steps(timeSteps);
        return BigInt(part(new Date((value as Timestamp).milliseconds)));
      },
    },
    {
      name,
      style: 'method',
      takes: ['timestamp', 'string'],
      gives: 'int',
      run: ([value, zone], meter) => {
        const time = localTime((value as Timestamp).milliseconds, zone as string, meter);
        return time instanceof Fault ? time : BigInt(part(time));
      },
    },
  ];
}
