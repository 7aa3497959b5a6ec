import { SegmentedControl, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { OverviewView } from '#contracts/rest-api';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import { Time } from '../../components/Time.tsx';
import { Attention } from './Attention.tsx';
import { Chart } from './charts/Chart.tsx';
import { Figures } from './Figures.tsx';
import { overviewCharts } from './overview-charts.ts';
import { overviewQuery } from './overview-query.ts';
import classes from './OverviewPage.module.css';
import type { WindowName } from './windows.ts';

const route = getRouteApi('/');

const choices = [
  { value: 'hour', label: 'Last hour' },
  { value: 'day', label: 'Last day' },
];

/** What goes on, and what needs somebody. */
export function OverviewPage() {
  const { window = 'hour' } = route.useSearch();
  const navigate = route.useNavigate();
  const { data, error, refetch, isPlaceholderData } = useQuery(overviewQuery(window));
  const choose = (wanted: string): void =>
    void navigate({ search: { window: wanted === 'hour' ? undefined : (wanted as WindowName) } });
  return (
    <>
      <PageHeader
        title="Overview"
        description="What needs attention first, and how events and handlers fare."
        actions={<SegmentedControl aria-label="Figures of" size="xs" data={choices} value={window} onChange={choose} />}
      />
      {error && <ProblemAlert title="The overview could not be read" problem={error} onRetry={() => void refetch()} />}
      {data && (
        <div className={isPlaceholderData ? classes.stale : undefined} aria-busy={isPlaceholderData}>
          <Shown overview={data} />
        </div>
      )}
      {!data && !error && <Loading />}
    </>
  );
}

function Shown({ overview }: { overview: OverviewView }) {
  return (
    <>
      <Attention items={overview.attention} />
      <Figures overview={overview} />
      <div className={classes.charts}>
        {overviewCharts(overview).map((chart) => (
          <Chart key={chart.title} {...chart} />
        ))}
      </div>
      <p className={classes.asOf}>
        As of <Time at={overview.asOf} />; it is counted anew by itself. Tests of handlers are left out.
      </p>
    </>
  );
}

function Loading() {
  return (
    <div aria-busy aria-label="Loading" role="status">
      <Skeleton height={44} mb="lg" radius="md" />
      <Skeleton height={92} mb="lg" radius="lg" />
      <div className={classes.charts}>
        {[1, 2, 3, 4].map((chart) => (
          <Skeleton key={chart} height={280} radius="lg" />
        ))}
      </div>
    </div>
  );
}
