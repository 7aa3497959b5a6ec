import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.ts';
import { operationFilters } from './operation-filters.ts';

export const operationsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/operations',
  validateSearch: operationFilters,
  component: lazyRouteComponent(() => import('./OperationsPage.tsx'), 'OperationsPage'),
});
