export { isEventOf, type CloudEventAttributes, type DeliveredEvent } from './events/delivered-event.ts';
export type { AnyEventType, EventData, EventDataByType, EventTypeId } from './events/event-data.ts';
export { expressMiddleware } from './handler/adapters/express.ts';
export { fastifyPlugin } from './handler/adapters/fastify.ts';
export { nodeListener } from './handler/adapters/node-http.ts';
export { MemoryExecutions, type Executions, type ExecutionState } from './handler/executions.ts';
export { PermanentFailure, RetryLater } from './handler/failures.ts';
export { signatureFault, type SignatureFault } from './handler/signature.ts';
export {
  webhookHandler,
  type HandlerCall,
  type WebhookHandler,
  type WebhookHandlerOptions,
  type WebhookReply,
  type WebhookRequest,
} from './handler/webhook-handler.ts';
export { everyItem } from './rest/every-item.ts';
export type * from '#contracts/rest-api';
export { ApiProblem, RegistryAway } from './rest/problem.ts';
export {
  answerOf,
  createRegistryClient,
  ifVersion,
  type RegistryClient,
  type RegistryClientOptions,
} from './rest/registry-client.ts';
export { runOnce } from './script/run-once.ts';
export { runPersistent } from './script/run-persistent.ts';
export type { ScriptCall, ScriptWork } from './script/script-call.ts';
