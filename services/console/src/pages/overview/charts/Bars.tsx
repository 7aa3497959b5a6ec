import type { ChartData } from './chart-data.ts';
import type { Frame } from './frame.ts';

/** Bars, the series on top of each other. The last part is not over yet, so its bar is paler. */
export function Bars({ data, frame }: { data: ChartData; frame: Frame }) {
  const gap = frame.band > 7 ? 2 : 1;
  return data.starts.map((start, place) => {
    let below = 0;
    return (
      <g key={start.getTime()} opacity={place === data.starts.length - 1 ? 0.5 : 1}>
        {data.series.map(({ name, colour, values }) => {
          const value = values[place] ?? 0;
          if (value === 0) return null;
          const top = frame.y(below + value);
          const height = frame.y(below) - top;
          below += value;
          const width = Math.max(1, frame.band - gap);
          return <rect key={name} x={frame.x(place)} y={top} width={width} height={height} fill={`var(${colour})`} />;
        })}
      </g>
    );
  });
}

/** The greatest sum of a part. */
export function greatestSum({ series, starts }: ChartData): number {
  return Math.max(0, ...starts.map((_, place) => series.reduce((sum, { values }) => sum + (values[place] ?? 0), 0)));
}
