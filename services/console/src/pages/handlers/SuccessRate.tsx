import { Tooltip } from '@mantine/core';
import type { HandlerOutcomesView } from '../../api/generated/schema.d.ts';
import { successRate } from './success-rate.ts';
import classes from './SuccessRate.module.css';

const hourWidth = 3;
const height = 20;
/** What is there at all is seen, and an hour of failures among a million of successes is, too. */
const leastHeight = 2;

/** The last day of a handler: a bar for each hour, of what succeeded and on top what failed, and the share in words. */
export function SuccessRate({ outcomes }: { outcomes: HandlerOutcomesView | undefined }) {
  if (!outcomes) return <span aria-label="not known yet">…</span>;
  const { hours, succeeded, failed } = outcomes;
  const rate = successRate(outcomes);
  if (rate === undefined) return <span className={classes.none}>no runs</span>;
  const most = Math.max(...hours.map((hour) => hour.succeeded + hour.failed));
  const size = (amount: number): number => (amount === 0 ? 0 : Math.max(leastHeight, (amount / most) * height));
  return (
    <Tooltip label={`${succeeded} succeeded, ${failed} failed in the last 24 hours; a bar is an hour`}>
      <span className={classes.rate}>
        <svg width={hours.length * hourWidth} height={height} aria-hidden focusable="false">
          <line x1="0" x2="100%" y1={height - 0.5} y2={height - 0.5} className={classes.ground} />
          {hours.map((hour, index) => {
            const bad = size(hour.failed);
            const good = Math.min(size(hour.succeeded), height - bad);
            const bar = { x: index * hourWidth, width: hourWidth - 1 };
            return (
              <g key={index}>
                <rect {...bar} y={height - good} height={good} className={classes.good} />
                <rect {...bar} y={height - good - bad} height={bad} className={classes.bad} />
              </g>
            );
          })}
        </svg>
        <span className={classes.words} data-bad={failed > 0 || undefined}>
          {rate}
        </span>
      </span>
    </Tooltip>
  );
}
