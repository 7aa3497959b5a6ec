import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.ts';
import { textIn, type Search } from '../../app/search.ts';

export const noticesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/notices',
  validateSearch: (search: Search): { cursor?: string | undefined } => ({ cursor: textIn(search.cursor) }),
  component: lazyRouteComponent(() => import('./NoticesPage.tsx'), 'NoticesPage'),
});
