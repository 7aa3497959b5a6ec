import { parseDuration, type DeferralFilter } from '#contracts';

/** Which keys are meant, in a caller's words; what is not given does not matter. */
interface GivenFilter {
  readonly handlerId?: string | undefined;
  readonly targetId?: string | undefined;
  readonly reason?: string | undefined;
  readonly waitingLongerThan?: string | undefined;
  readonly partitionKeys?: readonly string[] | undefined;
}

/** The filter of a request, as both services apply it. */
export function storedFilter(given: GivenFilter): DeferralFilter {
  const { handlerId, targetId, reason, waitingLongerThan, partitionKeys } = given;
  return {
    ...(handlerId !== undefined && { handlerId: handlerId.toLowerCase() }),
    ...(targetId !== undefined && { targetId: targetId.toLowerCase() }),
    ...(reason !== undefined && { reason }),
    ...(waitingLongerThan !== undefined && { waitingLongerThanMs: parseDuration(waitingLongerThan)! }),
    ...(partitionKeys !== undefined && { partitionKeys: [...new Set(partitionKeys)] }),
  };
}
