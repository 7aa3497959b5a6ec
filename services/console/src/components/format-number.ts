const inWords = new Intl.NumberFormat('en');

/** `12,345` */
export function formatNumber(count: number): string {
  return inWords.format(count);
}

/** `1 key`, `12,345 keys`; the plural has an s unless it is given. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${inWords.format(count)} ${count === 1 ? noun : plural}`;
}
