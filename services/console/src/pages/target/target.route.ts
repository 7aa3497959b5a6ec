import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.ts';

export const targetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/targets/$targetId',
  component: lazyRouteComponent(() => import('./TargetPage.tsx'), 'TargetPage'),
});
