import { durationOf } from '../arithmetic.ts';
import { Duration, Fault, floorDivided, Timestamp } from '../values.ts';

/** RFC 3339 in UTC, with as many digits of the second as it has. */
export function timestampText(timestamp: Timestamp): string {
  const seconds = floorDivided(timestamp.nanoseconds, 1_000_000_000n);
  const fraction = timestamp.nanoseconds - seconds * 1_000_000_000n;
  return new Date(Number(seconds) * 1_000).toISOString().replace('.000Z', `${fractionText(fraction)}Z`);
}

/** In seconds: `1.5s`. */
export function durationText({ nanoseconds }: Duration): string {
  const amount = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  const text = `${amount / 1_000_000_000n}${fractionText(amount % 1_000_000_000n)}s`;
  return nanoseconds < 0n ? `-${text}` : text;
}

function fractionText(nanoseconds: bigint): string {
  return nanoseconds === 0n ? '' : `.${String(nanoseconds).padStart(9, '0').replace(/0+$/, '')}`;
}

const unitNanoseconds: Readonly<Record<string, bigint>> = {
  h: 3_600_000_000_000n,
  m: 60_000_000_000n,
  s: 1_000_000_000n,
  ms: 1_000_000n,
  us: 1_000n,
  µs: 1_000n,
  ns: 1n,
};

/** Far more than any duration that fits needs. */
const longestDuration = 100;
const durationPattern = /^([+-]?)((?:(?:\d+(?:\.\d*)?|\.\d+)(?:h|ms|m|s|us|µs|ns))+|0)$/;

/** A duration as Go writes it: `1h30m`, `-1.5h`, `300ms`. */
export function readDuration(text: string): Duration | Fault {
  const match = text.length <= longestDuration ? durationPattern.exec(text) : null;
  if (!match) return new Fault('duration() takes a string like 1h30m, 1.5h or 300ms');
  const [, sign, amounts] = match as unknown as [string, string, string];
  let nanoseconds = 0n;
  for (const [, whole, fraction = '', unit] of amounts.matchAll(/(\d*)(?:\.(\d*))?(h|ms|m|s|us|µs|ns)/g)) {
    const scale = unitNanoseconds[unit!]!;
    nanoseconds += BigInt(whole === '' ? 0 : whole!) * scale;
    nanoseconds += (BigInt(fraction === '' ? 0 : fraction) * scale) / 10n ** BigInt(fraction.length);
  }
  return durationOf(sign === '-' ? -nanoseconds : nanoseconds);
}
