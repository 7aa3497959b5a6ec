import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.ts';
import { eventFilters } from './event-filters.ts';

export const eventsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/events',
  validateSearch: eventFilters,
  component: lazyRouteComponent(() => import('./EventsPage.tsx'), 'EventsPage'),
});
