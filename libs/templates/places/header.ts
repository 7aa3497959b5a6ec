import { Fault } from '#conditions';
import { all, asText, type Place } from './place.ts';

/** RFC 9110, 5.5: visible characters, spaces and tabs between them, and what is left of Latin-1. */
const fieldValue = /^[\t\x20-\x7e\x80-\xff]*$/;

/** The value of a header. */
export const headerPlace: Place = {
  mostBytes: 8 * 1024,
  writers: all(
    asText((text) => (fieldValue.test(text) ? text : new Fault('it has a character that no header may have'))),
  ),
};
