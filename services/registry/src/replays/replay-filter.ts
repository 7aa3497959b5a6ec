import type { EventStatus, ReplayFilter } from '#contracts';
import { parseDateTime } from '../http/date-time.ts';
import { givenSpellings, readObjectId } from '../journal/object-id.ts';

/** Which events are meant, in a caller's words; what is not given does not matter. */
export interface GivenFilter {
  type?: string | undefined;
  objectId?: number | string | undefined;
  partitionKey?: string | undefined;
  status?: EventStatus[] | undefined;
  hasFailures?: boolean | undefined;
  from?: string | undefined;
  to?: string | undefined;
}

/** The message to the executors. */
export function storedFilter(given: GivenFilter): ReplayFilter {
  const { type, objectId, partitionKey, status, hasFailures, from, to } = given;
  return {
    ...(type !== undefined && { type }),
    ...(objectId !== undefined && { objectIds: givenSpellings(objectId) }),
    ...(partitionKey !== undefined && { partitionKey }),
    ...(status !== undefined && { status: [...new Set(status)] }),
    ...(hasFailures && { hasFailures }),
    ...(from !== undefined && { from: utc(from) }),
    ...(to !== undefined && { to: utc(to) }),
  };
}

/** What the caller said, from what is kept of it. */
export function givenFilter(stored: ReplayFilter): GivenFilter {
  const { type, objectIds, partitionKey, status, hasFailures, from, to } = stored;
  return {
    ...(type !== undefined && { type }),
    // The first spelling is what was given; a string that looks like a number has a second one.
    ...(objectIds !== undefined && { objectId: readObjectId(objectIds[0]!) }),
    ...(partitionKey !== undefined && { partitionKey }),
    ...(status !== undefined && { status }),
    ...(hasFailures && { hasFailures }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
}

function utc(time: string): string {
  return parseDateTime(time)!.toISOString();
}
