/** What an executor says of the partitions that it hears from: for each, when it last did (ISO 8601). */
export interface PartitionReport {
  readonly executorId: string;
  readonly partitions: Readonly<Record<string, string>>;
}

/**
 * Which executor reads which partitions. A partition has one reader at a time, so it belongs to the one that heard from
 * it last; an executor that it was taken from still remembers it.
 *
 * @returns The partition numbers of each executor, in order.
 */
export function partitionOwners(reports: readonly PartitionReport[]): Map<string, number[]> {
  const latest = new Map<string, { executorId: string; time: number }>();
  for (const { executorId, partitions } of reports) {
    for (const [partition, heardAt] of Object.entries(partitions)) {
      const time = Date.parse(heardAt);
      if (time > (latest.get(partition)?.time ?? -Infinity)) latest.set(partition, { executorId, time });
    }
  }
  const owned = new Map(reports.map(({ executorId }) => [executorId, [] as number[]]));
  for (const [partition, { executorId }] of latest) owned.get(executorId)!.push(Number(partition));
  for (const partitions of owned.values()) partitions.sort((a, b) => a - b);
  return owned;
}
