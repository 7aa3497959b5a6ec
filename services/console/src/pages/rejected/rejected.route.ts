import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.ts';

export const rejectedRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/rejected',
  component: lazyRouteComponent(() => import('./RejectedPage.tsx'), 'RejectedPage'),
});
