import { Fault } from '#conditions';
import { begunPercent, refuseBehind } from '../scan.ts';
import { all, asText, type Place } from './place.ts';

/** The longest event, and what a request says around it. */
export const mostBodyBytes = 1024 * 1024 + 64 * 1024;

/** A body of a type that has no rules of its own. */
export const plainBody: Place = { mostBytes: mostBodyBytes, writers: all(asText((text) => text)) };

/** What `encodeURIComponent` leaves, and forms do not. */
const leftByUrls = /[!'()~]/g;

const writeForm = asText((text) => encodeURIComponent(text).replaceAll('%20', '+').replace(leftByUrls, percentEncoded));

/** A body of type `application/x-www-form-urlencoded`, by the WHATWG URL standard. */
export const formBody: Place = {
  mostBytes: mostBodyBytes,
  writers: (text, placeholders) => {
    refuseBehind(begunPercent, text, placeholders);
    return placeholders.map(() => writeForm);
  },
};

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** An argument of a script. The system takes 128 KiB in one. */
export const argumentPlace: Place = {
  mostBytes: 64 * 1024,
  writers: all(asText((text) => (text.includes('\0') ? new Fault('it has a NUL, which no argument may have') : text))),
};
