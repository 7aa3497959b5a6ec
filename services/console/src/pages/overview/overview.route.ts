import { createRoute, redirect } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.ts';

/** Until there is an overview, the console begins with the handlers. */
export const overviewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/handlers', replace: true });
  },
});
