import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.ts';

export const operationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/operations/$operationId',
  component: lazyRouteComponent(() => import('./OperationPage.tsx'), 'OperationPage'),
});
