import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.ts';
import { handlerAddress } from './handler-address.ts';

export const handlerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/handlers/$handlerId',
  validateSearch: handlerAddress,
  component: lazyRouteComponent(() => import('./HandlerPage.tsx'), 'HandlerPage'),
});
