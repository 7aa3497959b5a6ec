import type { FailureFilter } from '#contracts';
import { InvalidInput } from '../domain-error.ts';
import { parseDateTime } from '../http/date-time.ts';
import { givenSpellings } from '../journal/object-id.ts';
import type { FailureFilterInput } from './dto/failure-filter.dto.ts';
import type { FailureQuery } from './dto/failure-query.dto.ts';
import type { FailureSelectionInput } from './dto/failure-input.dto.ts';

type GivenFilter = FailureFilterInput | Omit<FailureQuery, 'cursor' | 'limit' | 'state'>;

/** The filter of a request, as both services apply it. */
export function storedFilter(given: GivenFilter): FailureFilter {
  const { eventId, handlerId, event, reason, reached, objectId, partitionKey, assignee, from, to } = given;
  return {
    ...(eventId !== undefined && { eventId }),
    ...(handlerId !== undefined && { handlerId: handlerId.toLowerCase() }),
    ...(event !== undefined && { event }),
    ...(reason !== undefined && { reason }),
    ...(reached !== undefined && { reached }),
    ...(objectId !== undefined && { objectIds: givenSpellings(objectId) }),
    ...(partitionKey !== undefined && { partitionKey }),
    ...(assignee !== undefined && { assignee }),
    ...(from !== undefined && { from: utc(from) }),
    ...(to !== undefined && { to: utc(to) }),
  };
}

function utc(time: string | Date): string {
  return (typeof time === 'string' ? parseDateTime(time)! : time).toISOString();
}

/** A search with its filter. */
export interface FailureText {
  readonly q: string;
  readonly filter: FailureFilter;
}

/** Which failures are meant: those that are listed, which a search may have found, or all that match. */
export type FailureSelection =
  { readonly executionIds: string[]; readonly foundBy?: FailureText } | { readonly filter: FailureFilter };

/** Finds the failures with a text: the newest thousand of each way to find them. */
export type TextSearch = (q: string, filter: FailureFilter) => Promise<string[]>;

/**
 * The selection in a request. What a search finds is looked up here, since only the registry hides redacted values.
 *
 * @throws {InvalidInput} When it has both a list and a filter, or neither.
 * @throws {SearchTooLong}
 */
export async function selectionOf(
  { executionIds, filter }: FailureSelectionInput,
  search: TextSearch,
): Promise<FailureSelection> {
  if (executionIds !== undefined && filter !== undefined) {
    throw new InvalidInput([{ field: 'filter', message: 'must not be given together with executionIds' }]);
  }
  if (executionIds !== undefined) return { executionIds: [...new Set(executionIds.map((id) => id.toLowerCase()))] };
  if (filter?.q !== undefined) {
    const { q } = filter;
    const stored = storedFilter(filter);
    return { executionIds: await search(q, stored), foundBy: { q, filter: stored } };
  }
  if (filter !== undefined) return { filter: storedFilter(filter) };
  throw new InvalidInput([{ field: 'filter', message: 'must be given, or executionIds' }]);
}
