import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.ts';
import { textIn, type Search } from '../../app/search.ts';

export const planRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/plan',
  /** The event type whose sample it begins with. */
  validateSearch: (search: Search): { event?: string } => ({ event: textIn(search.event) }),
  component: lazyRouteComponent(() => import('./PlanPage.tsx'), 'PlanPage'),
});
