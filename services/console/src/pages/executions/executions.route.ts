import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.ts';

export const executionsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/executions',
  component: lazyRouteComponent(() => import('./ExecutionsPage.tsx'), 'ExecutionsPage'),
});
