import type { Judgement } from './guard.ts';

/** What the guard has to say, a line for each figure. */
export function verdicts(judgements: readonly Judgement[]): string {
  const width = Math.max(...judgements.map(({ name }) => name.length));
  return judgements.map((judgement) => `  ${judgement.name.padEnd(width)}  ${verdict(judgement)}`).join('\n');
}

function verdict({ verdict: said, now, recorded, allowance = 0, loss = 0 }: Judgement): string {
  if (!recorded) return `${said}  (${now.ratio.toFixed(2)})`;
  const change = `${recorded.ratio.toFixed(2)} → ${now.ratio.toFixed(2)}`;
  const how = `${Math.abs(loss * 100).toFixed(0)} % ${loss > 0 ? 'worse' : 'better'}`;
  return `${said}  (${change}, ${how}; noise ${(allowance * 100).toFixed(0)} %)`;
}
