import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.ts';
import { executionFilters } from './execution-filters.ts';

export const executionsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/executions',
  validateSearch: executionFilters,
  component: lazyRouteComponent(() => import('./ExecutionsPage.tsx'), 'ExecutionsPage'),
});
