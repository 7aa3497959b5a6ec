import type { ChartData } from './chart-data.ts';
import type { Frame } from './frame.ts';

/** Lines, with gaps where there is nothing to say; what stands alone is a dot. */
export function Lines({ data, frame }: { data: ChartData; frame: Frame }) {
  return data.series.map(({ name, colour, isDashed, values }) => (
    <g key={name} stroke={`var(${colour})`} fill="none" strokeWidth={1.75} strokeLinejoin="round" strokeLinecap="round">
      {runsOf(values).map((run) =>
        run.length === 1 ? (
          <circle key={run[0]} cx={frame.middle(run[0]!)} cy={frame.y(values[run[0]!]!)} r={1.5} />
        ) : (
          <polyline
            key={run[0]}
            strokeDasharray={isDashed ? '4 4' : undefined}
            points={run.map((place) => `${frame.middle(place)},${frame.y(values[place]!)}`).join(' ')}
          />
        ),
      )}
    </g>
  ));
}

export function greatestValue({ series }: ChartData): number {
  return Math.max(0, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
}

/** The places of values that follow each other without a gap. */
function runsOf(values: readonly (number | null)[]): number[][] {
  const runs: number[][] = [];
  values.forEach((value, place) => {
    if (value === null) return;
    const last = runs.at(-1);
    if (last?.at(-1) === place - 1) last.push(place);
    else runs.push([place]);
  });
  return runs;
}
