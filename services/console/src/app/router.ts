import { createRouter } from '@tanstack/react-router';
import { pages } from '../pages/pages.ts';
import { PageFailure } from './PageFailure.tsx';
import { rootRoute } from './root-route.ts';
import { parseSearch, stringifySearch } from './search.ts';

export const router = createRouter({
  routeTree: rootRoute.addChildren(pages),
  parseSearch,
  stringifySearch,
  // The code of a page is on its way when a link is pointed at.
  defaultPreload: 'intent',
  defaultErrorComponent: PageFailure,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
