import { clockTime, type ChartData } from './chart-data.ts';
import classes from './Chart.module.css';
import { plotHeight, type Frame } from './frame.ts';
import { labelledPlaces } from './scale.ts';

interface Props {
  data: ChartData;
  frame: Frame;
  ticks: readonly number[];
}

/** Pixels that a time needs below the chart, with the room around it. */
const labelWidth = 64;

/** The lines behind the figures with their values, and the times below. */
export function Grid({ data, frame, ticks }: Props) {
  const { starts, format } = data;
  const places = labelledPlaces(starts, (frame.width - frame.left) / labelWidth);
  return (
    <g className={classes.grid}>
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1={frame.left} x2={frame.width} y1={frame.y(tick)} y2={frame.y(tick)} />
          <text x={frame.left - 8} y={frame.y(tick)} dy="0.32em" textAnchor="end">
            {format(tick)}
          </text>
        </g>
      ))}
      {places.map((place) => (
        <text key={place} x={frame.x(place)} y={plotHeight - 4} textAnchor="middle">
          {clockTime(starts[place]!)}
        </text>
      ))}
    </g>
  );
}
