import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.ts';
import { textIn, type Search } from '../../app/search.ts';

/** What the form begins with. */
interface PublishAddress {
  /** Id of an event type: its sample. */
  event?: string;
  /** Id of a rejected message: its body, to be corrected. */
  rejected?: string;
}

export const publishRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/publish',
  validateSearch: (search: Search): PublishAddress => ({
    event: textIn(search.event),
    rejected: textIn(search.rejected),
  }),
  component: lazyRouteComponent(() => import('./PublishPage.tsx'), 'PublishPage'),
});
