const mebibyte = 1024 * 1024;

/** In bytes, of routes that take more or less than the rest, which take what an event may have. */
const limits: Readonly<Record<string, number>> = {
  // A public route, so it accepts no more than a key needs.
  'POST /api/v1/session': 16 * 1024,
  'PUT /api/v1/handlers/set': 8 * mebibyte,
  'POST /api/v1/handlers/set/preview': 8 * mebibyte,
};

/** How long a body of a route may be, in bytes; undefined where it is as everywhere. */
export function bodyLimitOf(method: string | string[], path: string): number | undefined {
  const route = `${String(method)} ${path}`;
  return Object.hasOwn(limits, route) ? limits[route] : undefined;
}
