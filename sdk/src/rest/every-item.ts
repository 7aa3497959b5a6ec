interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/**
 * Every item of a list that is read page by page, the newest first. Pages are read as they are wanted.
 *
 * @param readPage Reads the page that a cursor stands for; the first one has none.
 * @throws What reading a page throws.
 */
export async function* everyItem<T>(readPage: (cursor?: string) => Promise<Page<T>>): AsyncGenerator<T, void> {
  let cursor: string | undefined;
  do {
    const page: Page<T> = await readPage(cursor);
    yield* page.items;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}
