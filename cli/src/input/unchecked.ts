/** Input of a user, passed on unchecked: the registry checks it, and names every invalid field. */
export function unchecked(value: unknown): never {
  return value as never;
}
