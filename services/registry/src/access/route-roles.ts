import { apiRoles, type ApiRole } from '#orm';

/** The least role that a route asks for; `local`: none of this machine, and a viewer elsewhere; `anyone`: none. */
export type LeastRole = ApiRole | 'local' | 'anyone';

/**
 * Who may do what: every route of the registry with the least role that it asks for. A route that is not in here is
 * refused to every caller. Reading is for viewers, having something done for operators, changing what will be done for
 * admins.
 */
export const routeRoles: Readonly<Record<string, LeastRole>> = {
  'GET /healthz': 'anyone',
  'GET /readyz': 'anyone',
  'GET /metrics': 'local',

  'POST /api/v1/session': 'anyone',
  'GET /api/v1/session': 'viewer',
  'DELETE /api/v1/session': 'viewer',

  'GET /api/v1/handlers': 'viewer',
  'POST /api/v1/handlers': 'admin',
  'PUT /api/v1/handlers/order': 'admin',
  'GET /api/v1/handlers/set': 'viewer',
  'PUT /api/v1/handlers/set': 'admin',
  // Says what would be changed, and changes nothing.
  'POST /api/v1/handlers/set/preview': 'viewer',
  'GET /api/v1/handlers/outcomes': 'viewer',
  'GET /api/v1/handlers/:id': 'viewer',
  'PATCH /api/v1/handlers/:id': 'admin',
  'DELETE /api/v1/handlers/:id': 'admin',
  // They say what would be sent, and send nothing.
  'POST /api/v1/handlers/preview': 'viewer',
  'POST /api/v1/handlers/:id/preview': 'viewer',
  'POST /api/v1/handlers/:id/test': 'operator',
  // Loses nothing, and changes nothing of what will be done.
  'PUT /api/v1/handlers/:id/hold': 'operator',
  'DELETE /api/v1/handlers/:id/hold': 'operator',
  'POST /api/v1/handlers/:id/extract-target': 'admin',
  'POST /api/v1/handlers/:id/signing-secrets': 'admin',
  'DELETE /api/v1/handlers/:id/signing-secrets/:secretId': 'admin',

  'GET /api/v1/targets': 'viewer',
  'POST /api/v1/targets': 'admin',
  'GET /api/v1/targets/:id': 'viewer',
  'PATCH /api/v1/targets/:id': 'admin',
  'DELETE /api/v1/targets/:id': 'admin',
  'PUT /api/v1/targets/:id/hold': 'operator',
  'DELETE /api/v1/targets/:id/hold': 'operator',
  // As the retry of a waiting key.
  'POST /api/v1/targets/:id/probe': 'operator',

  'GET /api/v1/holds': 'viewer',
  // Counts, and holds nothing.
  'POST /api/v1/holds/forecast': 'viewer',

  'GET /api/v1/event-types': 'viewer',
  // Handlers run for it.
  'POST /api/v1/events': 'operator',
  // Runs nothing.
  'POST /api/v1/events/plan': 'viewer',
  'GET /api/v1/events': 'viewer',
  'GET /api/v1/events/:id': 'viewer',
  'POST /api/v1/events/:id/replay': 'operator',
  'POST /api/v1/events/:id/resume': 'operator',
  'GET /api/v1/executions': 'viewer',
  'GET /api/v1/rejected': 'viewer',
  'GET /api/v1/rejected/:id': 'viewer',
  'GET /api/v1/rejected/:id/body': 'viewer',

  'GET /api/v1/deferrals': 'viewer',
  // Counts, and changes nothing.
  'POST /api/v1/deferrals/preview': 'viewer',
  'POST /api/v1/deferrals/retry': 'operator',
  'POST /api/v1/deferrals/skip': 'operator',
  'POST /api/v1/deferrals/:key/retry': 'operator',
  'POST /api/v1/deferrals/:key/skip': 'operator',

  'GET /api/v1/failures': 'viewer',
  'GET /api/v1/failures/groups': 'viewer',
  'POST /api/v1/failures/settle': 'operator',
  'POST /api/v1/failures/reopen': 'operator',
  'POST /api/v1/failures/assign': 'operator',
  'POST /api/v1/failures/resume': 'operator',
  // Counts, and resumes nothing.
  'POST /api/v1/failures/resume/preview': 'viewer',

  'GET /api/v1/operations': 'viewer',
  'GET /api/v1/operations/:id': 'viewer',
  'DELETE /api/v1/operations/:id': 'operator',

  'GET /api/v1/replays': 'viewer',
  'POST /api/v1/replays': 'operator',
  // Counts, and replays nothing.
  'POST /api/v1/replays/preview': 'viewer',
  'GET /api/v1/replays/:id': 'viewer',
  'DELETE /api/v1/replays/:id': 'operator',

  'GET /api/v1/notices': 'viewer',
  'GET /api/v1/overview': 'viewer',
  'GET /api/v1/catalog': 'viewer',
  // Changes nothing, and costs each executor one statement.
  'POST /api/v1/catalog/reload': 'operator',
  'GET /api/v1/executors': 'viewer',
  'GET /api/v1/scripts': 'viewer',
  'GET /api/v1/recipes': 'viewer',
  'GET /api/v1/recipes/:name': 'viewer',

  'GET /api/v1/api-keys': 'viewer',
  'POST /api/v1/api-keys': 'admin',
  'DELETE /api/v1/api-keys/:id': 'admin',
  'GET /api/v1/audit': 'viewer',
};

/** The least role of a route, or undefined when the table has none for it. */
export function leastRoleOf(method: string, path: string | undefined): LeastRole | undefined {
  // A server answers HEAD as it would GET.
  const route = `${method === 'HEAD' ? 'GET' : method} ${path ?? ''}`;
  return Object.hasOwn(routeRoles, route) ? routeRoles[route] : undefined;
}

/** Whether a role may do what another is the least for. */
export function reaches(role: ApiRole, least: ApiRole): boolean {
  return apiRoles.indexOf(role) >= apiRoles.indexOf(least);
}
