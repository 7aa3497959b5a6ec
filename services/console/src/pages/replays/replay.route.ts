import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.ts';

export const replayRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/replays/$replayId',
  component: lazyRouteComponent(() => import('./ReplayPage.tsx'), 'ReplayPage'),
});
