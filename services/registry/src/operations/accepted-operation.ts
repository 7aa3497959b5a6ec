import type { Reply } from '../http/reply.ts';
import { OperationView } from './dto/operation.dto.ts';

/** The OpenAPI description of an answer that is an operation. */
export const acceptedOperation = {
  type: OperationView,
  description: 'An executor carries it out; read it again to see how far it is',
  headers: { Location: { description: 'URL of the operation', schema: { type: 'string' } } },
} as const;

/** Names the operation's URL in the reply. */
export function locateOperation(operation: OperationView, reply: Reply): OperationView {
  reply.header('location', `/api/v1/operations/${operation.id}`);
  return operation;
}
