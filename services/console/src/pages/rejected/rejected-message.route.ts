import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.ts';

export const rejectedMessageRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/rejected/$messageId',
  component: lazyRouteComponent(() => import('./RejectedMessagePage.tsx'), 'RejectedMessagePage'),
});
