import { oneOfIn, textIn, type Search } from '../../app/search.ts';
import type { OperationView } from '#contracts/rest-api';

export const operationKinds = ['replay', 'resume', 'retry', 'skip'] as const satisfies readonly OperationView['kind'][];
export const operationStatuses = [
  'requested',
  'running',
  'finished',
  'stopped',
  'cancelled',
] as const satisfies readonly OperationView['status'][];

/** Which operations are listed, as the address has it. */
export interface OperationFilters {
  kind?: OperationView['kind'];
  status?: OperationView['status'];
  cursor?: string;
}

export function operationFilters(search: Search): OperationFilters {
  return {
    kind: oneOfIn(operationKinds, search.kind),
    status: oneOfIn(operationStatuses, search.status),
    cursor: textIn(search.cursor),
  };
}
