import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.ts';
import { oneOfIn, type Search } from '../../app/search.ts';
import { windows, type WindowName } from './windows.ts';

export const overviewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  validateSearch: (search: Search): { window?: WindowName } => ({ window: oneOfIn(windows, search.window) }),
  component: lazyRouteComponent(() => import('./OverviewPage.tsx'), 'OverviewPage'),
});
