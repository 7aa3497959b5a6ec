import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.ts';

export const executorsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/executors',
  component: lazyRouteComponent(() => import('./ExecutorsPage.tsx'), 'ExecutorsPage'),
});
