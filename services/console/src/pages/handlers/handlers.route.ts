import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.ts';
import { handlerFilters } from './handler-filters.ts';

export const handlersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/handlers',
  validateSearch: handlerFilters,
  component: lazyRouteComponent(() => import('./HandlersPage.tsx'), 'HandlersPage'),
});
