import type { ChartData, Series } from './chart-data.ts';
import classes from './Chart.module.css';

/** What the colours mean; of a single series its title says it. */
export function Legend({ data: { series } }: { data: ChartData }) {
  if (series.length < 2) return null;
  return (
    <ul className={classes.legend} aria-hidden>
      {series.map((each) => (
        <li key={each.name}>
          <Key series={each} />
          {each.name}
        </li>
      ))}
    </ul>
  );
}

/** A little of how a series is drawn. */
export function Key({ series: { colour, isDashed } }: { series: Series }) {
  return (
    <svg width="14" height="8" aria-hidden focusable="false">
      <line
        x1="1"
        x2="13"
        y1="4"
        y2="4"
        stroke={`var(${colour})`}
        strokeWidth={isDashed === undefined ? 8 : 2}
        strokeDasharray={isDashed ? '3 3' : undefined}
      />
    </svg>
  );
}
