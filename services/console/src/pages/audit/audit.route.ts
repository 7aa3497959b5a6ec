import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.ts';
import { auditFilters } from './audit-filters.ts';

export const auditRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/audit',
  validateSearch: auditFilters,
  component: lazyRouteComponent(() => import('./AuditPage.tsx'), 'AuditPage'),
});
