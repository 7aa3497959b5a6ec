/** The first items of a list; pages beyond them are not read. */
export async function firstItems<T>(items: AsyncIterable<T>, limit: number): Promise<T[]> {
  const first: T[] = [];
  for await (const item of items) {
    first.push(item);
    if (first.length >= limit) break;
  }
  return first;
}
