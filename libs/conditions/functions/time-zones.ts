import type { Meter } from '../scope.ts';
import { Fault } from '../values.ts';

/** To ask a zone that is known for a time; and to find one by its name, which reads the data of the zone. */
const askSteps = 300;
const findSteps = 10_000;
/** Zones that are kept. */
const mostZones = 100;
/** The longest name of a zone that there is has 32. */
const longestName = 64;

const zones = new Map<string, Intl.DateTimeFormat>();

/**
 * What clocks of a zone show at a moment, as the UTC time of a Date.
 *
 * @param zone A name such as `Europe/Rome`, or an offset such as `+01:00`.
 */
export function localTime(milliseconds: number, zone: string, meter: Meter): Date | Fault {
  const offset = /^([+-]?)([01]\d|2[0-3]):([0-5]\d)$/.exec(zone.slice(0, longestName));
  if (offset) {
    const [, sign, hours, minutes] = offset;
    const minutesAhead = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
    return new Date(milliseconds + minutesAhead * 60_000);
  }
  const format = formatOf(zone, meter);
  if (format instanceof Fault) return format;
  meter.steps(askSteps);
  const fields = new Map<string, number>(
    format.formatToParts(milliseconds).map(({ type, value }) => [type, Number(value)]),
  );
  const field = (name: string) => fields.get(name)!;
  const time = new Date(0);
  time.setUTCFullYear(field('year'), field('month') - 1, field('day'));
  const millisecond = ((milliseconds % 1_000) + 1_000) % 1_000;
  time.setUTCHours(field('hour'), field('minute'), field('second'), millisecond);
  return time;
}

function formatOf(zone: string, meter: Meter): Intl.DateTimeFormat | Fault {
  const known = zone.length <= longestName ? zones.get(zone) : undefined;
  if (known) return known;
  meter.steps(findSteps);
  const unknown = new Fault('a time zone is a name like Europe/Rome, or an offset like +01:00');
  if (zone.length > longestName) return unknown;
  try {
    const format = new Intl.DateTimeFormat('en-US-u-ca-iso8601', {
      timeZone: zone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      hourCycle: 'h23',
    });
    if (zones.size >= mostZones) zones.clear();
    zones.set(zone, format);
    return format;
  } catch (error) {
    if (error instanceof RangeError) return unknown;
    throw error;
  }
}
