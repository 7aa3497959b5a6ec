import { SegmentedControl, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { OverviewView } from '#contracts/rest-api';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ProblemAlert } from '../../components/ProblemAlert.tsx';
import { Time } from '../../components/Time.tsx';
import { FirstSteps } from '../first-steps/FirstSteps.tsx';
import { Attention } from './Attention.tsx';
import { Chart } from './charts/Chart.tsx';
import { HoldLines } from './HoldLines.tsx';
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

/** Problems, figures and charts; of a new installation the first steps. */
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
        description="Problems first, then the figures of events and handlers."
        actions={<SegmentedControl aria-label="Period" size="xs" data={choices} value={window} onChange={choose} />}
      />
      {error && <ProblemAlert title="Failed to load the overview" problem={error} onRetry={() => void refetch()} />}
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
      <HoldLines holds={overview.holds} />
      <FirstSteps />
      <Figures overview={overview} />
      <div className={classes.charts}>
        {overviewCharts(overview).map((chart) => (
          <Chart key={chart.title} {...chart} />
        ))}
      </div>
      <p className={classes.asOf}>
        As of <Time at={overview.asOf} />. Updates automatically. Tests are not counted.
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
