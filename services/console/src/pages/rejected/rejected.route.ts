import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.ts';
import { rejectedFilters } from './rejected-filters.ts';

export const rejectedRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/rejected',
  validateSearch: rejectedFilters,
  component: lazyRouteComponent(() => import('./RejectedPage.tsx'), 'RejectedPage'),
});
