import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.ts';
import { failureFilters } from './failure-filters.ts';

export const failuresRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/failures',
  validateSearch: failureFilters,
  component: lazyRouteComponent(() => import('./FailuresPage.tsx'), 'FailuresPage'),
});
