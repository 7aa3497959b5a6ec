/** The type of a content type, in lower case and without parameters; undefined when there is none. */
export function mediaTypeOf(contentType: string | undefined): string | undefined {
  return contentType?.split(';', 1)[0]?.trim().toLowerCase();
}

/**
 * Whether a media type, as {@link mediaTypeOf} gives it, says that its text is JSON: `application/json`, `…/…+json`.
 */
export function isJsonMediaType(mediaType: string): boolean {
  return /^[\w!#$&^.+-]+\/(?:[\w!#$&^.+-]+\+)?json$/.test(mediaType);
}

/** Default content types of many clients, which carry no information; the body is read as JSON. */
const unspecificTypes = new Set(['text/plain', 'application/octet-stream']);

/** Whether a media type, as {@link mediaTypeOf} gives it, says nothing of what is in the body. */
export function isUnspecific(mediaType: string | undefined): boolean {
  return !mediaType || unspecificTypes.has(mediaType);
}

/** The charset that a content type names, without quotes; undefined when it names none. */
export function charsetOf(contentType: string | undefined): string | undefined {
  const [, quoted, bare] = /;\s*charset\s*=\s*(?:"([^"]*)"|([^\s;]*))/i.exec(contentType ?? '') ?? [];
  return quoted ?? bare;
}
