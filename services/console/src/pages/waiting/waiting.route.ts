import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.ts';

export const waitingRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/waiting',
  component: lazyRouteComponent(() => import('./WaitingPage.tsx'), 'WaitingPage'),
});
