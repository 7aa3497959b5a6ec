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

/** The charts of the overview. */
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
      description: 'Events from billing and from replays, without duplicates.',
      shape: 'bars',
      data: data(inNumbers, series('Events', 'received', 'main')),
    },
    {
      title: `Outcomes per ${each}`,
      description: 'How executions ended, and failed attempts that are retried.',
      shape: 'bars',
      data: data(
        inNumbers,
        series('Succeeded', 'succeeded', 'good'),
        series('Retried', 'retried', 'warn'),
        series('Failed', 'failed', 'bad'),
      ),
    },
    {
      title: 'Call duration',
      description: 'Median and 95th percentile of all calls.',
      shape: 'lines',
      data: data(formatDuration, series('Median', 'p50Ms', 'main', false), series('p95', 'p95Ms', 'warn', true)),
    },
    {
      title: 'Waiting events by arrival',
      description: 'Events that wait for a retry, a limit, a hold, a circuit breaker or an earlier event of their key.',
      shape: 'bars',
      data: data(inNumbers, series('Waiting', 'waiting', 'warn')),
    },
  ];
}
