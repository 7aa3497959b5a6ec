import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.ts';

export const handlerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/handlers/$handlerId',
  component: lazyRouteComponent(() => import('./HandlerPage.tsx'), 'HandlerPage'),
});
