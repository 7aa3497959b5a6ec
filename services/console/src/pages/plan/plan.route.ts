import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.ts';

export const planRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/plan',
  component: lazyRouteComponent(() => import('./PlanPage.tsx'), 'PlanPage'),
});
