import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.ts';
import { targetFilters } from './target-filters.ts';

export const targetsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/targets',
  validateSearch: targetFilters,
  component: lazyRouteComponent(() => import('./TargetsPage.tsx'), 'TargetsPage'),
});
