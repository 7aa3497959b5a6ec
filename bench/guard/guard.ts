import { isFigure, type Figure, type Finding } from '../figure.ts';
import { noisyRatio, type NoisyRatio } from './noise.ts';

/** What the guard compares with, by `bench: figure`. */
export type RecordedRatios = Readonly<Record<string, NoisyRatio>>;

export type Verdict = 'held' | 'fell' | 'unsure' | 'not recorded';

export interface Judgement {
  readonly name: string;
  readonly verdict: Verdict;
  readonly now: NoisyRatio;
  readonly recorded?: NoisyRatio;
  /** How far the ratio may be on the worse side of the recorded one, as a share of that. */
  readonly allowance?: number;
  /** How far it is on the worse side; below 0 on the better one. */
  readonly loss?: number;
}

/**
 * A difference below this number of standard errors is noise. With few turns the error itself is uncertain, so a
 * smaller number would cause false alarms.
 */
const errors = 3;
/** Less than this is never called a fall: machines differ by as much from one day to the next. */
const leastAllowance = 0.1;
/** With an allowance wider than this a serious fall could pass, and the guard says that it cannot tell. */
const mostAllowance = 0.4;

/** The ratios of what a run has measured and the guard watches. */
export function guardedRatios(benches: Readonly<Record<string, readonly Finding[]>>): Record<string, NoisyRatio> {
  return Object.fromEntries(guardedFigures(benches).map(([name, figure]) => [name, noisyRatio(figure)]));
}

/** Compares what was measured with what was recorded. */
export function judge(
  benches: Readonly<Record<string, readonly Finding[]>>,
  recorded: RecordedRatios,
): readonly Judgement[] {
  return guardedFigures(benches).map(([name, figure]) => {
    const before = Object.hasOwn(recorded, name) ? recorded[name] : undefined;
    return judgeOne(name, figure.guarded!, noisyRatio(figure), before);
  });
}

function judgeOne(
  name: string,
  better: 'higher' | 'lower',
  now: NoisyRatio,
  recorded: NoisyRatio | undefined,
): Judgement {
  if (!recorded) return { name, verdict: 'not recorded', now };
  const change = Math.log(now.ratio / recorded.ratio);
  const loss = 1 - Math.exp(better === 'higher' ? change : -change);
  const allowance = allowanceOf(now, recorded);
  const verdict = loss > allowance ? 'fell' : allowance > mostAllowance ? 'unsure' : 'held';
  return { name, verdict, now, recorded, allowance, loss };
}

/** A single turn says nothing of its noise: then nothing short of a serious fall is called one. */
function allowanceOf(now: NoisyRatio, recorded: NoisyRatio): number {
  if (now.error === undefined || recorded.error === undefined) return mostAllowance;
  return Math.max(leastAllowance, 1 - Math.exp(-errors * Math.hypot(now.error, recorded.error)));
}

function guardedFigures(benches: Readonly<Record<string, readonly Finding[]>>): [string, Figure][] {
  return Object.entries(benches).flatMap(([bench, findings]) =>
    findings
      .filter(isFigure)
      .filter(({ guarded }) => guarded !== undefined)
      .map((figure): [string, Figure] => [`${bench}: ${figure.name}`, figure]),
  );
}
