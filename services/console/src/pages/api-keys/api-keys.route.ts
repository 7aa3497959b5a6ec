import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.ts';
import { oneOfIn, type Search } from '../../app/search.ts';

export const apiKeysRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/api-keys',
  /** Without it, the keys that open something. */
  validateSearch: (search: Search): { show?: 'all' } => ({ show: oneOfIn(['all'], search.show) }),
  component: lazyRouteComponent(() => import('./ApiKeysPage.tsx'), 'ApiKeysPage'),
});
