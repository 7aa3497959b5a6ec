import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.ts';
import { waitingFilters } from './waiting-filters.ts';

export const waitingRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/waiting',
  validateSearch: waitingFilters,
  component: lazyRouteComponent(() => import('./WaitingPage.tsx'), 'WaitingPage'),
});
