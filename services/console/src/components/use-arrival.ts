import { useEffect, useRef, type RefObject } from 'react';

/** A screen reader reads the first page from its top; focusing the heading would skip what is above. */
let isFirst = true;

/**
 * Tells that a page has opened: by the name of the document, and by the focus, which would otherwise stay on a link
 * that may be gone, while nothing said that the page is another.
 *
 * @returns For the heading.
 */
export function useArrival(title: string): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Provisor`;
  }, [title]);
  useEffect(() => {
    if (!isFirst) heading.current?.focus({ preventScroll: true });
    isFirst = false;
  }, []);
  return heading;
}
