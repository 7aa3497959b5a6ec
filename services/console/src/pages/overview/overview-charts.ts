import type { OverviewView } from '#contracts/rest-api';
import { formatDuration } from '../../components/format-duration.ts';
import type { ChartData, Series } from './charts/chart-data.ts';

export interface OverviewChart {
  title: string;
  description: string;
  shape: 'bars' | 'lines';
  data: ChartData;
}

type Figure = Exclude<keyof OverviewView['buckets'][number], 'at'>;

const numbers = new Intl.NumberFormat('en');
const inNumbers = (value: number): string => numbers.format(value);

/** What the overview draws. */
export function overviewCharts({ buckets, bucketSeconds }: OverviewView): OverviewChart[] {
  const starts = buckets.map(({ at }) => new Date(at));
  const each = bucketSeconds === 60 ? 'minute' : 'hour';
  const series = (name: string, figure: Figure, colour: string, isDashed?: boolean): Series => ({
    name,
    colour: `--chart-${colour}`,
    isDashed,
    values: buckets.map((bucket) => bucket[figure]),
  });
  const data = (format: (value: number) => string, ...drawn: Series[]): ChartData => ({
    starts,
    partSeconds: bucketSeconds,
    format,
    series: drawn,
  });
  return [
    {
      title: `Events per ${each}`,
      description: 'Those that came from billing, and those of replays; duplicates are left out.',
      shape: 'bars',
      data: data(inNumbers, series('Events', 'received', 'main')),
    },
    {
      title: `Outcomes per ${each}`,
      description: 'How executions ended, and attempts that failed and are made again.',
      shape: 'bars',
      data: data(
        inNumbers,
        series('Succeeded', 'succeeded', 'good'),
        series('Tried again', 'retried', 'warn'),
        series('Failed', 'failed', 'bad'),
      ),
    },
    {
      title: 'Duration of calls',
      description: 'Half of the calls took no longer than the solid line, 95 of 100 no longer than the dashed one.',
      shape: 'lines',
      data: data(
        formatDuration,
        series('Half (p50)', 'p50Ms', 'main', false),
        series('95 of 100 (p95)', 'p95Ms', 'warn', true),
      ),
    },
    {
      title: 'Events that wait, by when they came',
      description: 'Held back by a retry, a limit, an open circuit, or an earlier event of their key.',
      shape: 'bars',
      data: data(inNumbers, series('Waiting', 'waiting', 'warn')),
    },
  ];
}
