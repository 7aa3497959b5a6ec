import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.ts';
import { textIn, type Search } from '../../app/search.ts';

export const replaysRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/replays',
  validateSearch: (search: Search): { cursor?: string } => ({ cursor: textIn(search.cursor) }),
  component: lazyRouteComponent(() => import('./ReplaysPage.tsx'), 'ReplaysPage'),
});
