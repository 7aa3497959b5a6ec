import { apiKeysRoute } from './api-keys/api-keys.route.ts';
import { auditRoute } from './audit/audit.route.ts';
import { eventRoute } from './event/event.route.ts';
import { eventsRoute } from './events/events.route.ts';
import { executionsRoute } from './executions/executions.route.ts';
import { executorsRoute } from './executors/executors.route.ts';
import { failuresRoute } from './failures/failures.route.ts';
import { handlerRoute } from './handler/handler.route.ts';
import { handlersRoute } from './handlers/handlers.route.ts';
import { noticesRoute } from './notices/notices.route.ts';
import { operationRoute } from './operations/operation.route.ts';
import { operationsRoute } from './operations/operations.route.ts';
import { overviewRoute } from './overview/overview.route.ts';
import { planRoute } from './plan/plan.route.ts';
import { publishRoute } from './publish/publish.route.ts';
import { rejectedMessageRoute } from './rejected/rejected-message.route.ts';
import { rejectedRoute } from './rejected/rejected.route.ts';
import { replayRoute } from './replays/replay.route.ts';
import { replaysRoute } from './replays/replays.route.ts';
import { targetRoute } from './target/target.route.ts';
import { targetsRoute } from './targets/targets.route.ts';
import { waitingRoute } from './waiting/waiting.route.ts';

/** Every page that has an address. */
export const pages = {
  overviewRoute,
  handlersRoute,
  handlerRoute,
  targetsRoute,
  targetRoute,
  eventsRoute,
  eventRoute,
  executionsRoute,
  waitingRoute,
  failuresRoute,
  operationsRoute,
  operationRoute,
  replaysRoute,
  replayRoute,
  executorsRoute,
  noticesRoute,
  planRoute,
  publishRoute,
  rejectedRoute,
  rejectedMessageRoute,
  apiKeysRoute,
  auditRoute,
};
