/** Says whether a resource of this version is the one that the caller means. */
export type VersionCondition = (version: number) => boolean;

/** The entity tag of a version. */
export function etag(version: number): string {
  return `"${version}"`;
}

/**
 * Reads `If-Match` (RFC 9110, 13.1.1): absent or `*` takes any version. Entity tags compare strongly, so a weak one
 * never matches; a bare number is taken for the tag that it stands in.
 */
export function ifMatch(header: string | undefined): VersionCondition {
  if (header === undefined || header.trim() === '*') return () => true;
  const tags = tagsOf(header);
  return (version) => tags.includes(etag(version)) || tags.includes(String(version));
}

/** Reads `If-None-Match` (RFC 9110, 13.1.2), which compares weakly: true when the caller has this version already. */
export function isKnownVersion(header: string | undefined, version: number): boolean {
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  return tagsOf(header).some((tag) => tag.replace(/^W\//, '') === etag(version));
}

function tagsOf(header: string): string[] {
  return header.split(',').map((tag) => tag.trim());
}
