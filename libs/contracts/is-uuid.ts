const pattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text is what the database takes for a UUID as it is usually written, of whatever version. */
export function isUuid(text: string): boolean {
  return pattern.test(text);
}
