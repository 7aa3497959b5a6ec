import type { HandlerOutcomesView } from '#contracts/rest-api';
import { successRate } from './success-rate.ts';
import classes from './SuccessRate.module.css';

const hourWidth = 3;
const height = 20;
/** What is there at all is seen, and an hour of failures among a million of successes is, too. */
const leastHeight = 2;

/** The last day of a handler: a bar for each hour, of what succeeded and on top what failed, and the share in words. */
export function SuccessRate({ outcomes }: { outcomes: HandlerOutcomesView | undefined }) {
  if (!outcomes) return <span aria-label="loading">…</span>;
  const { hours, succeeded, failed } = outcomes;
  const rate = successRate(outcomes);
  if (rate === undefined) return <span className={classes.none}>no runs</span>;
  const most = Math.max(...hours.map((hour) => hour.succeeded + hour.failed));
  const size = (amount: number): number => (amount === 0 ? 0 : Math.max(leastHeight, (amount / most) * height));
  const bars = hours.map((hour) => {
    const bad = size(hour.failed);
    return { bad, good: Math.min(size(hour.succeeded), height - bad) };
  });
  return (
    <span className={classes.rate} title={`${succeeded} succeeded, ${failed} failed in the last 24 hours, by hour`}>
      <svg width={hours.length * hourWidth} height={height} aria-hidden focusable="false">
        <line x1="0" x2="100%" y1={height - 0.5} y2={height - 0.5} className={classes.ground} />
        <path d={bars.map(({ good }, hour) => bar(hour, height - good, good)).join('')} className={classes.good} />
        <path
          d={bars.map(({ good, bad }, hour) => bar(hour, height - good - bad, bad)).join('')}
          className={classes.bad}
        />
      </svg>
      <span className={classes.words} data-bad={failed > 0 || undefined}>
        {rate}
      </span>
    </span>
  );
}

/**
 * A part of a path, since an element for each hour of each handler would be most of what a page of the list consists
 * of.
 */
function bar(hour: number, top: number, size: number): string {
  return size === 0 ? '' : `M${hour * hourWidth} ${top}h${hourWidth - 1}v${size}h${1 - hourWidth}z`;
}
