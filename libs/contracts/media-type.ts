/** The type of a content type, in lower case and without parameters; undefined when there is none. */
export function mediaTypeOf(contentType: string | undefined): string | undefined {
  return contentType?.split(';', 1)[0]?.trim().toLowerCase();
}

/** Whether a media type, as {@link mediaTypeOf} gives it, says that its text is JSON: `application/json`, `…/…+json`. */
export function isJsonMediaType(mediaType: string): boolean {
  return /^[\w!#$&^.+-]+\/(?:[\w!#$&^.+-]+\+)?json$/.test(mediaType);
}
